package dev.tideline.benchmarks.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Topic to committed shards, against consumers on the same topic that write nothing; and what is left of that rate when they only write. */
final class DrainTrial {

    private static final int DIFFERENT = 100_000;
    private static final double TARGET = 0.7;

    private final Options options;
    private final Lab lab;

    DrainTrial(Options options, Lab lab) {
        this.options = options;
        this.lab = lab;
    }

    /** One row a rival; what the service took is the same in all. */
    List<Rates> run(Form form) throws Exception {
        byte[][] records = form.records(DIFFERENT);
        double bytes = Arrays.stream(records).mapToInt(record -> record.length).average().orElse(0);
        List<Rates> rates = Arrays.stream(BareConsumer.values())
                .map(rival -> new Rates(form.label() + " to shards", rival.label(), options.records(), bytes, TARGET)).toList();
        Rates floor = new Rates("least sink, " + form.label(), BareConsumer.DEFAULTS.label(), options.records(), bytes, TARGET);
        for (int i = -options.warmUp(); i < options.repetitions(); i++) {
            Topic topic = lab.topic();
            topic.fill(records, options.records(), form.contentType());
            lab.settle(topic);
            boolean rivalsFirst = i % 2 == 0;
            List<Double> rivals = rivalsFirst ? drain(topic) : List.of();
            double service = toShards(topic);
            rivals = rivalsFirst ? rivals : drain(topic);
            double sink = options.sink() ? lab.sink().drain(topic, options.records()) : 0;
            lab.discard(topic);
            System.out.printf("%s, %s to shards: %.2f s, rivals %.2f s and %.2f s%s%n", i < 0 ? "warm-up" : "run " + (i + 1), form.label(), service,
                    rivals.get(0), rivals.get(1), options.sink() ? ", least sink %.2f s".formatted(sink) : "");
            for (int rival = 0; i >= 0 && rival < rivals.size(); rival++) {
                rates.get(rival).add(service, rivals.get(rival));
            }
            if (i >= 0 && options.sink()) {
                floor.add(sink, rivals.getFirst());
            }
        }
        return options.sink() ? Stream.concat(rates.stream(), Stream.of(floor)).toList() : rates;
    }

    private List<Double> drain(Topic topic) {
        return Arrays.stream(BareConsumer.values()).map(rival -> rival.drain(topic, options.records())).toList();
    }

    /** Seconds from the declaration of the dataset until everything is committed. */
    private double toShards(Topic topic) throws Exception {
        double cpu = lab.service().cpuSeconds();
        var ends = topic.ends();
        long start = System.nanoTime();
        lab.declare(topic);
        lab.requestFlush(topic, ends);
        lab.awaitCommitted(topic, options.records());
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("  service used %.2f s of processor time%n", lab.service().cpuSeconds() - cpu);
        return seconds;
    }
}

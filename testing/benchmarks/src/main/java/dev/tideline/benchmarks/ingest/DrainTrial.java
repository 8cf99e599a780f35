package dev.tideline.benchmarks.ingest;

import java.util.Arrays;

/** Topic to committed shards, against a bare consumer on the same topic. */
final class DrainTrial {

    private static final int DIFFERENT = 100_000;
    private static final double TARGET = 0.7;

    private final Options options;
    private final Lab lab;

    DrainTrial(Options options, Lab lab) {
        this.options = options;
        this.lab = lab;
    }

    Rates run(Form form) throws Exception {
        byte[][] records = form.records(DIFFERENT);
        Rates rates = new Rates(form.label() + " to shards", "bare KafkaConsumer", options.records(),
                Arrays.stream(records).mapToInt(record -> record.length).average().orElse(0), TARGET);
        for (int i = 0; i <= options.repetitions(); i++) {
            Topic topic = lab.topic();
            topic.fill(records, options.records(), form.contentType());
            boolean first = i % 2 == 0;
            double rival = first ? BareConsumer.drain(topic, options.records()) : 0;
            double service = toShards(topic);
            rival = first ? rival : BareConsumer.drain(topic, options.records());
            lab.discard(topic);
            System.out.printf("%s %s: %.2f s, bare %.2f s%n", i == 0 ? "warm-up" : "run " + i, rates.name(), service, rival);
            if (i > 0) {
                rates.add(service, rival);
            }
        }
        return rates;
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

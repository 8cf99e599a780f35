package dev.tideline.benchmarks.ingest;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** NDJSON over HTTP to acknowledged, against a producer that sends the same lines to a topic of its own. */
final class DoorTrial {

    private static final int LINES = 20_000;
    private static final double TARGET = 0.5;

    private final Options options;
    private final Lab lab;

    DoorTrial(Options options, Lab lab) {
        this.options = options;
        this.lab = lab;
    }

    Rates run() throws Exception {
        byte[][] lines = Form.JSON.records(LINES);
        byte[] block = block(lines);
        long times = Math.max(1, options.records() / LINES / options.connections());
        int records = Math.toIntExact(times * LINES * options.connections());
        Rates rates = new Rates("NDJSON to acknowledged", "KafkaProducer, same bytes", records,
                Arrays.stream(lines).mapToInt(line -> line.length).average().orElse(0), TARGET);
        Topic target = lab.topic();
        lab.declare(target);
        for (int i = -options.warmUp(); i < options.repetitions(); i++) {
            Topic topic = lab.topic();
            boolean first = i % 2 == 0;
            double rival = first ? topic.fill(lines, records, null) : 0;
            double service = send(target, block, times, records);
            if (options.writers() > 0) {
                lab.requestFlush(target, target.ends());
                lab.awaitCommitted(target, (long) records * (i + options.warmUp() + 1));
            }
            rival = first ? rival : topic.fill(lines, records, null);
            lab.discard(topic);
            lab.discard(target);
            System.out.printf("%s %s: %.2f s, producer %.2f s%n", i < 0 ? "warm-up" : "run " + (i + 1), rates.name(), service, rival);
            if (i >= 0) {
                rates.add(service, rival);
            }
        }
        return rates;
    }

    private double send(Topic topic, byte[] block, long times, int records) throws Exception {
        double cpu = lab.service().cpuSeconds();
        long start = System.nanoTime();
        long accepted = 0;
        try (ExecutorService clients = Executors.newFixedThreadPool(options.connections())) {
            Callable<Long> client = () -> lab.door().send(topic.dataset(), block, times);
            List<Future<Long>> answers = new ArrayList<>();
            for (int i = 0; i < options.connections(); i++) {
                answers.add(clients.submit(client));
            }
            for (Future<Long> answer : answers) {
                accepted += answer.get();
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (accepted != records) {
            throw new IllegalStateException("accepted: " + accepted + " (expected: " + records + ")");
        }
        System.out.printf("  service used %.2f s of processor time%n", lab.service().cpuSeconds() - cpu);
        return seconds;
    }

    static byte[] block(byte[][] lines) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            block.writeBytes(line);
            block.write('\n');
        }
        return block.toByteArray();
    }
}

package dev.tideline.monitoring.window;

import dev.tideline.benchmarks.command.Arguments;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalKafka;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Predictions a second from a full topic to windows whose transactions are committed, by one stream thread in a process of its own. The rate
 * per core divides by the processor time of that whole process: consumer, producers, RocksDB, compiler and collector included.
 */
final class WindowRate {

    private static final String USAGE = """
            --rows=2000000       predictions
            --features=16        numbers in each
            --work=FOLDER        emptied by hand; broker and state
            --jvm=FLAGS          of the process that is measured, between blanks
            """;
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int POOL = 4_096;
    private static final int PARTITIONS = 3;
    private static final int LONGEST_SECONDS = 300;

    private WindowRate() {}

    /** Where the process is: rows in committed windows, and its processor time. */
    private record Mark(long rows, long nanos, Duration processor) {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args, USAGE);
        int rows = arguments.number("rows", 2_000_000);
        int features = arguments.number("features", 16);
        Path work = Path.of(arguments.text("work", Files.createTempDirectory("tideline-windows").toString()));
        List<Integer> ports = FreePorts.find(2);
        try (LocalKafka kafka = LocalKafka.start(work.resolve("kafka"), ports.get(0), ports.get(1))) {
            create(kafka.bootstrap());
            fill(kafka.bootstrap(), rows, features);
            Process process = start(kafka.bootstrap(), work, features, arguments.flags("jvm"));
            try {
                tell(rows, features, follow(kafka.bootstrap(), process, rows));
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static Process start(String bootstrap, Path work, int features, List<String> flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WindowsProcess.class.getName(), bootstrap,
                work.resolve("state").toString(), Integer.toString(features)));
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(work.resolve("windows.log").toFile()).start();
    }

    /** Marks at about a fifth of the rows, when the compiler is through with most, and at the end. */
    private static List<Mark> follow(String bootstrap, Process process, long rows) {
        List<Mark> marks = new ArrayList<>();
        long counted = 0;
        long begin = System.nanoTime();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = List.of(new TopicPartition(Signal.TOPIC, 0));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            // The last window may wait for rows that never come.
            while (counted < rows - 1_000) {
                if (!process.isAlive() || System.nanoTime() - begin > Duration.ofSeconds(LONGEST_SECONDS).toNanos()) {
                    throw new IllegalStateException("windows: " + counted + " of " + rows + " rows (expected: all within " + LONGEST_SECONDS + " s)");
                }
                for (var record : consumer.poll(Duration.ofMillis(50))) {
                    if (JsonSerde.read(record.value(), Signal.class) instanceof Signal.WindowClosed window) {
                        counted += window.rows();
                    }
                }
                if (counted >= rows / 5 && marks.isEmpty() || counted >= rows - 1_000) {
                    marks.add(new Mark(counted, System.nanoTime(), process.info().totalCpuDuration().orElseThrow()));
                }
            }
        }
        return marks;
    }

    private static void tell(int rows, int features, List<Mark> marks) {
        Mark from = marks.getFirst();
        Mark to = marks.getLast();
        double seconds = (to.nanos() - from.nanos()) / 1e9;
        double processor = to.processor().minus(from.processor()).toMillis() / 1e3;
        long counted = to.rows() - from.rows();
        System.out.printf(Locale.ROOT, "%d predictions of %d features, one thread; the last %d: %.0f/s, %.0f per core-second, %.2f us of processor each; "
                + "whole process %.1f s of processor%n", rows, features, counted, counted / seconds, counted / processor, processor * 1e6 / counted,
                to.processor().toMillis() / 1e3);
    }

    private static void create(String bootstrap) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(Topics.PREDICTIONS, PARTITIONS, (short) 1), new NewTopic(Signal.TOPIC, 1, (short) 1),
                    new NewTopic(Topics.deadLetter(Topics.PREDICTIONS), 1, (short) 1))).all().get();
        }
    }

    private static void fill(String bootstrap, int rows, int features) {
        SplittableRandom random = new SplittableRandom(1);
        byte[][] pool = new byte[POOL][];
        for (int i = 0; i < POOL; i++) {
            TreeMap<String, Feature> row = new TreeMap<>();
            for (int f = 0; f < features; f++) {
                row.put(WindowsProcess.feature(f), Feature.floats((float) random.nextGaussian()));
            }
            pool[i] = Example.of(row).encode();
        }
        byte[] model = WindowsProcess.MODEL.getBytes(StandardCharsets.UTF_8);
        byte[] version = "1".getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 5, "batch.size", 1 << 17), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < rows; i++) {
                ProducerRecord<String, byte[]> message = new ProducerRecord<>(Topics.PREDICTIONS, "p" + i, pool[i % POOL]);
                message.headers().add(RecordHeaders.MODEL, model).add(RecordHeaders.MODEL_VERSION, version)
                        .add(RecordHeaders.TIME, START.plusMillis(i).toString().getBytes(StandardCharsets.UTF_8));
                producer.send(message);
            }
            producer.flush();
        }
    }
}

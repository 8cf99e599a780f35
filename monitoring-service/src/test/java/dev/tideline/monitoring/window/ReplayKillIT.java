package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.testing.TestKafka;
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
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that fills windows is killed, again and again, while predictions are replayed; its windows count each of them once. */
class ReplayKillIT {

    private static final int KILLS = 20;
    private static final int ROWS_PER_ROUND = 3_000;
    private static final String MODEL = "replay-kill";

    /** Of its own: a whole monitoring-service at the shared one would learn this model and count its windows as well. */
    private static final TestKafka KAFKA = TestKafka.startNew();

    @TempDir
    private Path state;

    private final SplittableRandom random = new SplittableRandom(20);
    private Process process;

    @AfterAll
    static void stopBroker() {
        KAFKA.stop();
    }

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void windowsCountEveryPredictionOnceThroughTwentyKills() throws Exception {
        KAFKA.createTopics(3, Topics.PREDICTIONS, Topics.OUTCOMES, Signal.TOPIC, Topics.deadLetter(Topics.PREDICTIONS));
        int sent = 0;
        int interrupted = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            process = KillableWindows.start(KAFKA, MODEL, state);
            send(sent, ROWS_PER_ROUND);
            sent += ROWS_PER_ROUND;
            // Somewhere in start, restore, processing or commit.
            process.waitFor(1_500 + random.nextInt(2_000), TimeUnit.MILLISECONDS);
            assertThat(process.isAlive()).as("round %d, whose process said: %s", kill, said()).isTrue();
            process.destroyForcibly().waitFor();
            interrupted += counted().stream().mapToLong(Signal.WindowClosed::rows).sum() < sent ? 1 : 0;
        }
        process = KillableWindows.start(KAFKA, MODEL, state);
        long expected = sent;
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(500)).untilAsserted(
                () -> assertThat(counted().stream().mapToLong(Signal.WindowClosed::rows).sum())
                        .as("rows counted by a process that said: %s", said()).isEqualTo(expected));
        assertThat(interrupted).as("kills with work under way").isGreaterThanOrEqualTo(KILLS / 2);
        assertThat(counted()).extracting(Signal.WindowClosed::sequence)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, counted().size()).mapToObj(Long::valueOf).toList());
    }

    private String said() throws IOException {
        return Files.readString(state.resolve("output.log"));
    }

    private static void send(int first, int count) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrap(), "linger.ms", 5), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = first; i < first + count; i++) {
                ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.PREDICTIONS, MODEL + "-" + i,
                        Example.of(Map.of("x", Feature.floats(i % 10))).encode());
                header(record, RecordHeaders.MODEL, MODEL);
                header(record, RecordHeaders.MODEL_VERSION, "1");
                header(record, RecordHeaders.TIME, Instant.parse("2026-03-01T00:00:00Z").plusMillis(i).toString());
                producer.send(record);
            }
            producer.flush();
        }
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Windows whose transaction was committed. */
    private static List<Signal.WindowClosed> counted() {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", KAFKA.bootstrap(), "isolation.level", "read_committed", "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Signal.TOPIC).stream()
                    .map(info -> new TopicPartition(Signal.TOPIC, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<Signal.WindowClosed> windows = new ArrayList<>();
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (JsonSerde.read(record.value(), Signal.class) instanceof Signal.WindowClosed window && window.model().equals(MODEL)) {
                        windows.add(window);
                    }
                });
            }
            return windows;
        }
    }
}

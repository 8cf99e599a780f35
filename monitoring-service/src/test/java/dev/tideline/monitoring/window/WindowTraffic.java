package dev.tideline.monitoring.window;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.testing.TestKafka;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends predictions, and reads the windows whose transactions were committed. */
final class WindowTraffic implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final List<Signal.WindowClosed> windows = new ArrayList<>();
    private int sent;

    /** Makes the topics. */
    WindowTraffic(TestKafka kafka, int partitions) {
        kafka.createTopics(partitions, Topics.PREDICTIONS, Topics.OUTCOMES, Signal.TOPIC, Topics.deadLetter(Topics.PREDICTIONS));
        // One request at a time: a broker that has just made a topic may turn the first batch away and take the second, and then never the first.
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", kafka.bootstrap(), "linger.ms", 5, "max.in.flight.requests.per.connection", 1),
                new StringSerializer(), new ByteArraySerializer());
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.bootstrap(), "isolation.level", "read_committed", "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer());
        this.partitions = consumer.partitionsFor(Signal.TOPIC).stream().map(info -> new TopicPartition(Signal.TOPIC, info.partition())).toList();
        consumer.assign(this.partitions);
        consumer.seekToBeginning(this.partitions);
    }

    /** Sends {@code count} predictions of each model and waits until they are written. */
    void send(int count, String... models) {
        List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
        for (int i = 0; i < count; i++, sent++) {
            for (String model : models) {
                ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.PREDICTIONS, model + "-" + sent,
                        Example.of(Map.of("x", Feature.floats(sent % 10))).encode());
                header(record, RecordHeaders.MODEL, model);
                header(record, RecordHeaders.MODEL_VERSION, "1");
                header(record, RecordHeaders.TIME, START.plusMillis(sent).toString());
                acknowledgements.add(producer.send(record));
            }
        }
        producer.flush();
        acknowledgements.forEach(Future::resultNow);
    }

    /** Predictions of each model so far. */
    int sent() {
        return sent;
    }

    /** Committed windows of {@code model} so far. */
    List<Signal.WindowClosed> windows(String model) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                if (JsonSerde.read(record.value(), Signal.class) instanceof Signal.WindowClosed window) {
                    windows.add(window);
                }
            });
        }
        return windows.stream().filter(window -> window.model().equals(model)).toList();
    }

    long rows(String model) {
        return windows(model).stream().mapToLong(Signal.WindowClosed::rows).sum();
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        consumer.close();
    }
}

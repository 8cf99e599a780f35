package dev.tideline.platform.demo;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Sends JSON straight to topics, as any producer may, and counts what the broker acknowledged. */
final class Topic implements AutoCloseable {

    private final KafkaProducer<String, byte[]> producer;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    Topic(String bootstrap) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "acks", "all", "linger.ms", 5, "max.block.ms", 20_000),
                new StringSerializer(), new ByteArraySerializer());
    }

    void send(String topic, String key, JsonNode value) {
        producer.send(new ProducerRecord<>(topic, key, value.toString().getBytes(StandardCharsets.UTF_8)), (metadata, problem) -> {
            if (problem == null) {
                acknowledged.incrementAndGet();
            } else {
                failure.compareAndSet(null, problem);
            }
        });
    }

    /** Waits for what was sent so far and gives the number of acknowledged messages since the start. */
    long flush() {
        producer.flush();
        var problem = failure.get();
        if (problem != null) {
            throw new DemoException("Kafka refused a record: " + problem.getMessage() + " (expected: acknowledged)");
        }
        return acknowledged.get();
    }

    @Override
    public void close() {
        producer.close();
    }
}

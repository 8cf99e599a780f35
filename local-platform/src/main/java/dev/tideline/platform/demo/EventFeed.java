package dev.tideline.platform.demo;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.Event;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import tools.jackson.core.JacksonException;

/** Hands every lifecycle event from now on to a listener, on a thread of its own. */
final class EventFeed implements AutoCloseable {

    private static final Map<String, Class<? extends Event>> TYPES = Map.of(
            Topics.TRAINING_PROGRESS, TrainingProgress.class,
            Topics.TRAINING_REQUESTS, TrainingRequest.class,
            Topics.MODEL_VERSIONS, ModelVersionEvent.class,
            Topics.DEPLOYMENTS, DeploymentEvent.class,
            Topics.DRIFT, DriftEvent.class);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Consumer<Event> listener;
    private final Thread thread;

    private EventFeed(KafkaConsumer<String, byte[]> consumer, Consumer<Event> listener) {
        this.consumer = consumer;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("event-feed").unstarted(this::read);
    }

    static EventFeed start(String bootstrap, Consumer<Event> listener) {
        var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "enable.auto.commit", false),
                new StringDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (var topic : TYPES.keySet()) {
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The end is looked up lazily; an event before that would be missed.
        partitions.forEach(consumer::position);
        var feed = new EventFeed(consumer, listener);
        feed.thread.start();
        return feed;
    }

    private void read() {
        try (consumer) {
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    deliver(record.topic(), record.value());
                }
            }
        } catch (WakeupException e) {
            // Asked to close.
        }
    }

    private void deliver(String topic, byte[] value) {
        if (value == null) {
            return;
        }
        try {
            listener.accept(Json.MAPPER.readValue(value, TYPES.get(topic)));
        } catch (JacksonException e) {
            // Somebody else's message. Services put such a thing on a dead-letter topic; here it is only passed over.
            return;
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

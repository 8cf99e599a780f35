package dev.tideline.starter.event;

import dev.tideline.contracts.Event;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.util.concurrent.CompletableFuture;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaOperations;

/** Sends lifecycle events straight to Kafka. Events that follow a database change go through {@link Outbox} instead. */
public final class EventPublisher {

    private final KafkaOperations<String, byte[]> kafka;
    private final EventRecords records;

    EventPublisher(KafkaOperations<String, byte[]> kafka, EventRecords records) {
        this.kafka = kafka;
        this.records = records;
    }

    /**
     * Sends {@code event}. May wait for the producer's metadata, at most its {@code max.block.ms}.
     *
     * @return completes once all in-sync replicas have it; fails with a {@link TidelineException} of code
     *         {@code BROKER_UNAVAILABLE} when that does not happen in time
     */
    public CompletableFuture<Void> publish(Event event) {
        try {
            return kafka.send(records.of(event).toRecord()).handle((sent, failure) -> {
                if (failure != null) {
                    throw unavailable(event, failure);
                }
                return null;
            });
        } catch (KafkaException | org.apache.kafka.common.KafkaException failure) {
            return CompletableFuture.failedFuture(unavailable(event, failure));
        }
    }

    private static TidelineException unavailable(Event event, Throwable failure) {
        return new TidelineException(CommonError.BROKER_UNAVAILABLE,
                "event " + event.type() + " for " + event.topic() + ": not acknowledged (expected: a Kafka broker that answers)",
                failure);
    }
}

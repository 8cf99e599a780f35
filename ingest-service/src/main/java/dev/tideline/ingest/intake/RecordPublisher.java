package dev.tideline.ingest.intake;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.dataset.RecordGate;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts accepted records on their dataset's topic. */
@Component
final class RecordPublisher {

    private static final byte[] EXAMPLE = RecordHeaders.EXAMPLE.getBytes(StandardCharsets.UTF_8);

    /** What a record without key and time has beside its value: header and frame. */
    private static final int TYPE_BYTES = RecordHeaders.CONTENT_TYPE.length() + EXAMPLE.length + 12;

    private final Producer<byte[], byte[]> producer;
    private final Backlog backlog;
    private final IntakeProperties properties;

    RecordPublisher(Producer<byte[], byte[]> producer, Backlog backlog, IntakeProperties properties) {
        this.producer = producer;
        this.backlog = backlog;
        this.properties = properties;
    }

    /** The records of one request. */
    Batch batch(Dataset dataset) {
        return new Batch(dataset, producer, "some records of this request may have been taken");
    }

    /** The records of one request, in the open transaction of {@code transactional}. */
    Batch batch(Dataset dataset, Producer<byte[], byte[]> transactional) {
        return new Batch(dataset, transactional, "no record of this request was taken");
    }

    private interface Wait {
        boolean inTime() throws InterruptedException;
    }

    final class Batch {

        // The producer gives every record up after its own timeout, so this one is only for what cannot happen.
        private final InFlight inFlight = new InFlight(properties.maxInFlight(), properties.ackTimeout().multipliedBy(3).toNanos());
        private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

        private final Dataset dataset;
        private final Producer<byte[], byte[]> target;
        private final String onFailure;

        Batch(Dataset dataset, Producer<byte[], byte[]> target, String onFailure) {
            this.dataset = dataset;
            this.target = target;
            this.onFailure = onFailure;
        }

        /** Sends a record; waits while too many others are under way. */
        void publish(RecordGate.Passed record) {
            byte[] encoded = record.encoded();
            wait(inFlight::send);
            var message = new ProducerRecord<>(dataset.topic(), null, record.key(), encoded);
            message.headers().add(RecordHeaders.CONTENT_TYPE, EXAMPLE);
            // Keys and headers are in the producer's buffer too, and of small records they are the larger part.
            int bytes = encoded.length + TYPE_BYTES + (record.key() == null ? 0 : record.key().length);
            if (record.millis() != null) {
                byte[] time = Instant.ofEpochMilli(record.millis()).toString().getBytes(StandardCharsets.UTF_8);
                message.headers().add(RecordHeaders.TIME, time);
                bytes += RecordHeaders.TIME.length() + time.length;
            }
            int size = bytes;
            backlog.add(size);
            try {
                target.send(message, (metadata, problem) -> settle(size, problem));
            } catch (KafkaException | IllegalStateException refused) {
                settle(size, refused);
            }
            check();
        }

        private void settle(int bytes, @Nullable Exception problem) {
            backlog.remove(bytes);
            if (problem != null) {
                failure.compareAndSet(null, problem);
            }
            inFlight.settle();
        }

        /** Returns when the broker has acknowledged every record. */
        void await() {
            wait(inFlight::awaitAll);
            check();
        }

        private void wait(Wait wait) {
            try {
                if (!wait.inTime()) {
                    throw unavailable(null);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw unavailable(interrupted);
            }
        }

        private void check() {
            Exception problem = failure.get();
            if (problem != null) {
                throw unavailable(problem);
            }
        }

        private TidelineException unavailable(@Nullable Exception cause) {
            return new TidelineException(CommonError.BROKER_UNAVAILABLE, "topic: " + dataset.topic()
                    + " (expected: every record acknowledged by Kafka within " + properties.ackTimeout().toSeconds()
                    + " s); " + onFailure, cause);
        }
    }
}

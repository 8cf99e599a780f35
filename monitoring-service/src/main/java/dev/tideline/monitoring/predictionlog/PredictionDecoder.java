package dev.tideline.monitoring.predictionlog;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Turns a Kafka message into a {@link Prediction}. Pure. */
final class PredictionDecoder {

    private PredictionDecoder() {}

    /** @param wrongClock told of a prediction whose own time was not to be believed */
    static LogEntry decode(@Nullable String key, byte @Nullable [] value, Headers headers, Instant kafkaTime, Runnable wrongClock) {
        byte[] bytes = value == null ? new byte[0] : value;
        try {
            PredictionHead head = PredictionHead.of(key, headers, kafkaTime);
            Example example = Example.decode(bytes);
            if (head.wrongClock()) {
                wrongClock.run();
            }
            return new Prediction(head.id(), head.model(), head.version(), head.time(), head.schemaFingerprint(), example);
        } catch (MalformedExampleException failure) {
            return new LogEntry.Unreadable(bytes, "value: " + failure.getMessage());
        } catch (IllegalArgumentException failure) {
            return new LogEntry.Unreadable(bytes, String.valueOf(failure.getMessage()));
        }
    }
}

package dev.tideline.monitoring.predictionlog;

import dev.tideline.tfrecord.Example;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One logged prediction.
 *
 * @param id      the prediction id
 * @param time    event time
 * @param fingerprint of the schema that it was made on; null when the log does not say
 * @param example raw inputs by name, and outputs by {@code output/<name>}
 */
public record Prediction(
        String id, String model, long version, Instant time, @Nullable String fingerprint, Example example) implements LogEntry {

    /** Of a log that does not name the schema. */
    public Prediction(String id, String model, long version, Instant time, Example example) {
        this(id, model, version, time, null, example);
    }


    /** The key of everything that is kept per model version. */
    public String versionKey() {
        return model + "@" + version;
    }
}

package dev.tideline.monitoring.predictionlog;

import dev.tideline.tfrecord.Example;
import java.time.Instant;

/**
 * One logged prediction.
 *
 * @param id      the prediction id
 * @param time    event time
 * @param example raw inputs by name, and outputs by {@code output/<name>}
 */
public record Prediction(String id, String model, long version, Instant time, Example example) implements LogEntry {

    /** The key of everything that is kept per model version. */
    public String versionKey() {
        return model + "@" + version;
    }
}

package dev.tideline.contracts;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A late label, the JSON value on {@link Topics#OUTCOMES}.
 *
 * @param predictionId the id that inference-service gave or was given for the row
 * @param label        number, text or boolean, or a list of 0 and 1, in the form of the dataset's label feature
 * @param time         when the outcome became known; the Kafka timestamp counts when absent
 */
public record Outcome(String predictionId, Object label, @Nullable Instant time) {}

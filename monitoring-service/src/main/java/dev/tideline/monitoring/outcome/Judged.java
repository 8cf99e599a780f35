package dev.tideline.monitoring.outcome;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What accuracy and detectors need to know of a {@link Labelled}.
 *
 * @param time  event time of the prediction
 * @param error null when right and wrong do not apply
 */
record Judged(Instant time, @Nullable Double error, boolean archived) {

    static Judged of(Labelled labelled) {
        return new Judged(labelled.prediction().time(), labelled.error(), labelled.archive() != null);
    }
}

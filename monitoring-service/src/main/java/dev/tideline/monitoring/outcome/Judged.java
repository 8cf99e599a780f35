package dev.tideline.monitoring.outcome;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What accuracy and detectors need to know of a {@link Labelled}.
 *
 * @param time   event time of the prediction
 * @param answer null when it does not compare with the label
 */
record Judged(Instant time, @Nullable Answer answer, boolean archived, List<String> slices) {

    static Judged of(Labelled labelled) {
        return new Judged(labelled.prediction().time(), labelled.answer(), labelled.archive() != null, labelled.slices());
    }
}

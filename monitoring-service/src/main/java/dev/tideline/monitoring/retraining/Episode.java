package dev.tideline.monitoring.retraining;

import java.time.Instant;
import java.util.Map;

/**
 * What follows an error alarm: rows of the new concept are collected and trained on in steps.
 *
 * @param from            event time of the prediction that raised the alarm; training uses rows from here on
 * @param archivedAtStart archived rows of the model when it fired
 * @param step            index of the next step in the policy's list
 * @param evidence        figures of the detector
 */
public record Episode(Instant from, long archivedAtStart, int step, Map<String, Double> evidence) {

    public Episode {
        evidence = Map.copyOf(evidence);
    }

    /** After a training on the rows of {@code reached} steps: another one on the same rows would tell nothing new. */
    Episode after(int reached) {
        return new Episode(from, archivedAtStart, Math.max(step + 1, reached), evidence);
    }
}

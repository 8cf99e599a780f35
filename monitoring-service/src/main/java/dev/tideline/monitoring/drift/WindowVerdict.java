package dev.tideline.monitoring.drift;

import dev.tideline.contracts.DriftEvent.Status;
import java.util.List;

/**
 * What a window says about the model version as a whole.
 *
 * @param features inputs in the order of their names, then outputs
 * @param reason   one line for people
 */
public record WindowVerdict(Status status, long rows, List<FeatureVerdict> features, String reason) {

    public WindowVerdict {
        features = List.copyOf(features);
    }
}

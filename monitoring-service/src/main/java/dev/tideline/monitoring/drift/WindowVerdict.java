package dev.tideline.monitoring.drift;

import dev.tideline.contracts.DriftEvent.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a window says about the model version as a whole.
 *
 * @param features inputs in the order of their names, then outputs
 * @param fault    what is broken in the data, for people; null when nothing is
 * @param reason   one line for people
 */
public record WindowVerdict(Status status, long rows, List<FeatureVerdict> features, @Nullable String fault, String reason) {

    public WindowVerdict {
        features = List.copyOf(features);
    }
}

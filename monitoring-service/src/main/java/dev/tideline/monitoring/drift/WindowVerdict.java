package dev.tideline.monitoring.drift;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.RecordHeaders;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a window says about the model version as a whole.
 *
 * @param features inputs in the order of their names, then outputs
 * @param figures  what speaks of no single feature: joint drift, confidence, estimated accuracy
 * @param findings the same for people
 * @param fault    what is broken in the data, for people; null when nothing is
 * @param reason   one line for people
 */
public record WindowVerdict(
        Status status, long rows, List<FeatureVerdict> features, Map<String, Double> figures, List<Finding> findings,
        @Nullable String fault, String reason) {

    public WindowVerdict {
        features = List.copyOf(features);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        findings = List.copyOf(findings);
    }

    /** Whether an output drifted. */
    public boolean outputsDrift() {
        return features.stream().anyMatch(feature -> feature instanceof FeatureVerdict.Drift && feature.name().startsWith(RecordHeaders.OUTPUT_PREFIX));
    }

    /** Whether the window drifted by more than its outputs. */
    public boolean inputsDrift() {
        return status == Status.DRIFT && (!outputsDrift()
                || features.stream().anyMatch(feature -> feature instanceof FeatureVerdict.Drift && !feature.name().startsWith(RecordHeaders.OUTPUT_PREFIX)));
    }
}

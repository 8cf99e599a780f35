package dev.tideline.training.registry;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A published version of a model.
 *
 * @param parent          the champion when it was trained
 * @param path            of its folder relative to the storage root
 * @param championMetrics the parent's metrics on the same examples; null when it was not compared
 * @param promoted        whether the gate let it become champion
 * @param reason          the gate's reasons
 * @param verdict         the gate's findings, rule by rule; null for versions from before they were kept
 */
public record TrainedVersion(
        String model, long version, String job, @Nullable Long parent, String dataset, long datasetVersion,
        String definitionHash, String path, Map<String, Double> metrics, @Nullable Map<String, Double> championMetrics,
        boolean promoted, String reason, Instant createdAt, @Nullable JsonNode verdict) {

    /** The same, not champion yet. */
    TrainedVersion waiting() {
        return new TrainedVersion(model, version, job, parent, dataset, datasetVersion, definitionHash, path, metrics, championMetrics, false,
            reason, createdAt, verdict);
    }
}

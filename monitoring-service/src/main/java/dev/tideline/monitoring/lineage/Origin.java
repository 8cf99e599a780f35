package dev.tideline.monitoring.lineage;

import dev.tideline.modelstore.ModelManifest;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * How a model version came to be.
 *
 * @param contentHash of the dataset version; null for versions from before it was written
 * @param parent      the champion when it was trained
 * @param job         that trained it; null for a version that was put into the store by other means
 * @param verdict     the gate's reasons, a line each
 */
public record Origin(
        String model, long version, Instant createdAt, String dataset, long datasetVersion, @Nullable String contentHash,
        int schemaVersion, String schemaFingerprint, String definitionHash, long seed, @Nullable Long parent, @Nullable String job,
        SortedMap<String, Double> metrics, List<String> verdict) {

    static Origin of(ModelManifest manifest) {
        ModelManifest.Lineage lineage = manifest.lineage();
        return new Origin(manifest.model(), manifest.version(), manifest.createdAt(), manifest.dataset(), manifest.datasetVersion(),
                lineage == null ? null : lineage.contentHash(), manifest.schema().version(), manifest.schemaFingerprint(),
                manifest.definitionHash(), manifest.seed(), manifest.parent(), lineage == null ? null : lineage.job(),
                manifest.metrics(), lineage == null ? List.of() : lineage.verdict());
    }
}

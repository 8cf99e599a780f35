package dev.tideline.modelstore;

import dev.tideline.features.Baseline;
import dev.tideline.features.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model version is and where it comes from.
 *
 * @param definitionHash SHA-256 of the canonical model definition
 * @param parent         the champion when this version was trained; null for a first version
 * @param metrics        evaluation metrics by name
 * @param baselines      training distributions by feature, and of outputs by {@code output/<name>}
 * @param files          SHA-256 by path relative to the version's folder, filled in by {@link ModelStore.Draft#publish}
 */
public record ModelManifest(
        String model, long version, Instant createdAt, String dataset, long datasetVersion, String definitionHash,
        Schema schema, long seed, @Nullable Long parent, SortedMap<String, Double> metrics,
        SortedMap<String, Baseline> baselines, SortedMap<String, String> files) {

    public ModelManifest {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        baselines = Collections.unmodifiableSortedMap(new TreeMap<>(baselines));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    public String schemaFingerprint() {
        return schema.fingerprint();
    }

    ModelManifest withFiles(SortedMap<String, String> hashes) {
        return new ModelManifest(model, version, createdAt, dataset, datasetVersion, definitionHash, schema, seed, parent,
                metrics, baselines, hashes);
    }
}

package dev.tideline.modelstore;

import dev.tideline.features.Baseline;
import dev.tideline.features.Schema;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
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
 * @param importance     what the answers owe to each input, 1 together; empty when that is not known
 * @param lineage        how it came to be; null in manifests from before it was written
 * @param files          SHA-256 by path relative to the version's folder, filled in by {@link ModelStore.Draft#publish}
 */
public record ModelManifest(
        String model, long version, Instant createdAt, String dataset, long datasetVersion, String definitionHash,
        Schema schema, long seed, @Nullable Long parent, SortedMap<String, Double> metrics,
        SortedMap<String, Baseline> baselines, SortedMap<String, Double> importance, @Nullable Lineage lineage,
        SortedMap<String, String> files) {

    public ModelManifest {
        metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
        baselines = Collections.unmodifiableSortedMap(new TreeMap<>(baselines));
        importance = Collections.unmodifiableSortedMap(new TreeMap<>(importance));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** Without importance and lineage. */
    public ModelManifest(String model, long version, Instant createdAt, String dataset, long datasetVersion, String definitionHash,
            Schema schema, long seed, @Nullable Long parent, SortedMap<String, Double> metrics,
            SortedMap<String, Baseline> baselines, SortedMap<String, String> files) {
        this(model, version, createdAt, dataset, datasetVersion, definitionHash, schema, seed, parent, metrics, baselines, Collections.emptySortedMap(), null, files);
    }

    /**
     * How a version came to be.
     *
     * @param job         that trained it
     * @param contentHash of the dataset version
     * @param examples    records by split
     * @param promoted    whether the gate let it become champion
     * @param verdict     the gate's reasons, a line each
     */
    public record Lineage(String job, String contentHash, SortedMap<String, Long> examples, boolean promoted, List<String> verdict) {
        public Lineage {
            examples = Collections.unmodifiableSortedMap(new TreeMap<>(examples));
            verdict = List.copyOf(verdict);
        }
    }

    public String schemaFingerprint() {
        return schema.fingerprint();
    }

    ModelManifest withFiles(SortedMap<String, String> hashes) {
        return new ModelManifest(model, version, createdAt, dataset, datasetVersion, definitionHash, schema, seed, parent,
                metrics, baselines, importance, lineage, hashes);
    }
}

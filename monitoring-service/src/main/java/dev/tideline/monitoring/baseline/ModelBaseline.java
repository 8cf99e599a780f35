package dev.tideline.monitoring.baseline;

import dev.tideline.features.Baseline;
import dev.tideline.features.RecordConverter;
import dev.tideline.features.Schema;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The training side of a model version. Immutable, as the version is.
 *
 * @param dataset     the dataset it was trained on; labelled predictions go back there. Empty for a version that was trained elsewhere
 * @param fingerprint of the schema; empty for a version that was trained elsewhere
 * @param records     checks and converts records of that dataset
 * @param label       converts a label alone; null when the schema names none
 * @param baselines   by feature, and of outputs by {@code output/<name>}
 * @param importance  what the answers owe to each input, as training found; empty when it did not
 */
public record ModelBaseline(
        String dataset, long datasetVersion, String fingerprint, RecordConverter records,
        @Nullable RecordConverter label, SortedMap<String, Baseline> baselines, Map<String, Double> importance) {

    public ModelBaseline {
        importance = Map.copyOf(importance);
    }

    public static ModelBaseline of(String dataset, long datasetVersion, Schema schema, SortedMap<String, Baseline> baselines,
            Map<String, Double> importance) {
        RecordConverter label = schema.labelFeature()
                .map(feature -> new RecordConverter(new Schema(schema.version(), List.of(feature), null, null, null)))
                .orElse(null);
        return new ModelBaseline(dataset, datasetVersion, schema.fingerprint(), new RecordConverter(schema), label, baselines, importance);
    }

    /** Of a version that was trained elsewhere: its first predictions stand for its training data. */
    public static ModelBaseline learnt(SortedMap<String, Baseline> baselines) {
        return new ModelBaseline("", 0, "", new RecordConverter(new Schema(1, List.of(), null, null, null)), null, baselines, Map.of());
    }

    /** Whether the version was trained elsewhere, so that nothing is known of its dataset, schema and label. */
    public boolean isLearnt() {
        return dataset.isEmpty();
    }

    /** Whether a prediction was made on another schema than this version's; false when it does not say. */
    public boolean isForeign(@Nullable String schemaFingerprint) {
        return schemaFingerprint != null && !fingerprint.isEmpty() && !fingerprint.equals(schemaFingerprint);
    }

    public Schema schema() {
        return records.schema();
    }
}

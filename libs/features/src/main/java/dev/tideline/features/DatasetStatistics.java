package dev.tideline.features;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Summary of records: one {@link FeatureStatistics} per feature of the schema. */
public record DatasetStatistics(long records, SortedMap<String, FeatureStatistics> features) {

    public DatasetStatistics {
        features = Collections.unmodifiableSortedMap(new TreeMap<>(features));
    }

    /** Both together. A feature that only one side knows counts as missing in the other side's records. */
    public DatasetStatistics merge(DatasetStatistics other) {
        TreeMap<String, FeatureStatistics> merged = new TreeMap<>();
        features.forEach((name, own) -> {
            FeatureStatistics theirs = other.features.get(name);
            merged.put(name, theirs == null ? own.withMissing(other.records) : own.merge(theirs));
        });
        other.features.forEach((name, theirs) -> merged.computeIfAbsent(name, unknown -> theirs.withMissing(records)));
        return new DatasetStatistics(records + other.records, merged);
    }
}

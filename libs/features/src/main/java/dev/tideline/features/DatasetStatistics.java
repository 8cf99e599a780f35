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
        TreeMap<String, FeatureStatistics> merged = new TreeMap<>(features);
        other.features.forEach((name, statistics) -> merged.merge(name, statistics, FeatureStatistics::merge));
        return new DatasetStatistics(records + other.records, merged);
    }
}

package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Example;
import java.util.List;
import java.util.TreeMap;

/** Summarises records in one pass. Not thread-safe. */
public final class StatisticsBuilder {

    private final List<FeatureSpec> features;
    private final StatisticsColumn[] columns;
    private long records;

    public StatisticsBuilder(Schema schema) {
        this(schema.features());
    }

    public StatisticsBuilder(List<FeatureSpec> features) {
        this.features = List.copyOf(features);
        this.columns = features.stream().map(feature -> StatisticsColumn.of(feature.kind(), features.size())).toArray(StatisticsColumn[]::new);
    }

    public void add(Example example) {
        records++;
        for (int i = 0; i < columns.length; i++) {
            columns[i].add(example.feature(features.get(i).name()));
        }
    }

    /** @param row made for the names of this builder's features, in their order */
    public void add(CanonicalRow row) {
        records++;
        for (int i = 0; i < columns.length; i++) {
            columns[i].add(row, i);
        }
    }

    public DatasetStatistics build() {
        TreeMap<String, FeatureStatistics> built = new TreeMap<>();
        for (int i = 0; i < columns.length; i++) {
            built.put(features.get(i).name(), columns[i].build());
        }
        return new DatasetStatistics(records, built);
    }
}

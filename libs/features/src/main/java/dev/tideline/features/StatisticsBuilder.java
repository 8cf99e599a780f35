package dev.tideline.features;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.List;
import java.util.TreeMap;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.jspecify.annotations.Nullable;

/** Summarises Examples in one pass. Not thread-safe. */
public final class StatisticsBuilder {

    private final List<Column> columns;
    private long records;

    public StatisticsBuilder(Schema schema) {
        this(schema.features());
    }

    public StatisticsBuilder(List<FeatureSpec> features) {
        columns = features.stream().map(Column::new).toList();
    }

    public void add(Example example) {
        records++;
        for (Column column : columns) {
            column.add(example.feature(column.spec.name()));
        }
    }

    public DatasetStatistics build() {
        TreeMap<String, FeatureStatistics> features = new TreeMap<>();
        columns.forEach(column -> features.put(column.spec.name(), column.build()));
        return new DatasetStatistics(records, features);
    }

    private static final class Column {

        private final FeatureSpec spec;
        private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(NumericStatistics.K);
        private final ValueCounts values = new ValueCounts();
        private final FewValues few = new FewValues();
        private long missing;
        private long nonFinite;
        private long zeros;
        private double mean;
        private double m2;
        private long count;
        private int minLength = Integer.MAX_VALUE;
        private int maxLength;
        private long totalLength;

        Column(FeatureSpec spec) {
            this.spec = spec;
        }

        void add(@Nullable Feature feature) {
            if (feature == null || feature.isEmpty()) {
                missing++;
                return;
            }
            switch (feature) {
                case Feature.Floats floats -> {
                    for (float value : floats.values()) {
                        number(value);
                        if (Float.isFinite(value)) {
                            few.add(value);
                        }
                    }
                }
                case Feature.Longs longs -> {
                    for (long value : longs.values()) {
                        number(value);
                        values.add(Long.toString(value));
                    }
                }
                case Feature.Bytes bytes -> {
                    for (int i = 0; i < bytes.size(); i++) {
                        text(bytes, i);
                    }
                }
            }
        }

        private void number(double value) {
            if (!Double.isFinite(value)) {
                nonFinite++;
                return;
            }
            if (value == 0) {
                zeros++;
            }
            sketch.update(value);
            double delta = value - mean;
            mean += delta / sketch.getN();
            m2 += delta * (value - mean);
        }

        private void text(Feature.Bytes bytes, int index) {
            int length = bytes.values()[index].length;
            count++;
            minLength = Math.min(minLength, length);
            maxLength = Math.max(maxLength, length);
            totalLength += length;
            if (spec.kind() == Kind.TEXT) {
                values.add(bytes.text(index));
            }
        }

        FeatureStatistics build() {
            return switch (spec.kind()) {
                case FLOAT -> new NumericStatistics(missing, nonFinite, zeros, mean, m2, sketch, null, few);
                case INT -> new NumericStatistics(missing, nonFinite, zeros, mean, m2, sketch, values, FewValues.unknown());
                case TEXT, BYTES -> new TextStatistics(count, missing, count == 0 ? 0 : minLength, maxLength, totalLength, values);
            };
        }
    }
}

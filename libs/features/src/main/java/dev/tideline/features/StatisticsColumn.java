package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Feature;
import org.jspecify.annotations.Nullable;

/** Collects the values of one feature. Values of another kind than the feature's are passed over. */
sealed interface StatisticsColumn permits FloatColumn, IntColumn, TextColumn {

    /**
     * @param columns number of columns that are filled together; more of them have less room each
     * @param scratch shared by all of them
     */
    static StatisticsColumn of(Kind kind, int columns, Scratch scratch) {
        return switch (kind) {
            case FLOAT -> new FloatColumn(columns, scratch);
            case INT -> new IntColumn(columns);
            case TEXT -> new TextColumn(true);
            case BYTES -> new TextColumn(false);
        };
    }

    /** The feature of the next record; null or empty when the record lacks it. */
    void add(@Nullable Feature feature);

    void add(CanonicalRow row, int feature);

    FeatureStatistics build();
}

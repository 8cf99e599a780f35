package dev.tideline.features;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Summary of one feature over many records. Merging two equals summarising both together, up to the sketches' error. */
public sealed interface FeatureStatistics permits NumericStatistics, TextStatistics {

    /** Values seen; a record of a shaped feature has several. */
    long count();

    /** Records without the feature. */
    long missing();

    /** Number of distinct values; -1 where they were not counted: a FLOAT feature with more than 64. */
    long distinct();

    /** Most frequent values first; empty where they were not counted. */
    List<ValueCount> top(int limit);

    /**
     * Both together.
     *
     * @throws IllegalArgumentException when {@code other} summarises another kind of feature
     */
    FeatureStatistics merge(FeatureStatistics other);

    /** The same after {@code more} records that lack the feature. */
    FeatureStatistics withMissing(long more);

    /** The sketches that {@code values} counts; null where they are not counted. */
    @Nullable ValueCounts values();
}

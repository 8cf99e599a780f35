package dev.tideline.features;

import dev.tideline.tfrecord.Feature;
import org.jspecify.annotations.Nullable;

/**
 * Exact counts of a feature's values on a baseline's bins, over a window of records. Profiles on the same baseline merge by
 * addition. Mutable, not thread-safe.
 */
public sealed interface Profile permits NumericProfile, CategoricalProfile {

    static Profile on(Baseline baseline) {
        return switch (baseline) {
            case Baseline.Numeric numeric -> new NumericProfile(numeric);
            case Baseline.Categorical categorical -> new CategoricalProfile(categorical);
        };
    }

    Baseline baseline();

    /** Counts one record's value or values; null or empty counts as missing. */
    void add(@Nullable Feature feature);

    /**
     * Adds the counts of {@code other}.
     *
     * @throws IllegalArgumentException when it stands on other bins
     */
    void merge(Profile other);

    /** Values per bin of the baseline. */
    long[] counts();

    /** Values, without missing ones. */
    long total();

    /** Records without the feature. */
    long missing();

    /** Values of a type that the feature does not have. */
    long mistyped();
}

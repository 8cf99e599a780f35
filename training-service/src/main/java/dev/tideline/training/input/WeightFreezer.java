package dev.tideline.training.input;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.Schema;
import org.jspecify.annotations.Nullable;

/** Settles the column that weighs examples. */
public final class WeightFreezer {

    private WeightFreezer() {}

    /**
     * @param feature name of the feature; null gives null: every example counts the same
     * @throws UntrainableDataException when the training split has weights below zero, or none above
     */
    public static @Nullable Column freeze(@Nullable String feature, Schema schema, DatasetStatistics statistics) {
        if (feature == null) {
            return null;
        }
        var spec = schema.feature(feature).orElseThrow(() -> new UntrainableDataException(
            "weight: " + feature + " (expected: a feature of the dataset version's schema)"));
        if (!(statistics.features().get(feature) instanceof NumericStatistics numbers) || numbers.finite() == 0) {
            throw new UntrainableDataException("weight " + feature + ": 0 numbers (expected: at least 1 in the training split)");
        }
        if (numbers.min() < 0 || numbers.max() <= 0 || numbers.nonFinite() > 0) {
            throw new UntrainableDataException("weight " + feature + ": " + numbers.min() + " to " + numbers.max() + ", "
                + numbers.nonFinite() + " not finite (expected: numbers from 0, at least one above)");
        }
        return InputFreezer.column(spec, numbers);
    }
}

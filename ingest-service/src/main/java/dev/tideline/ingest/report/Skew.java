package dev.tideline.ingest.report;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.FeatureStatistics;
import dev.tideline.features.NumericStatistics;
import dev.tideline.features.TextStatistics;
import dev.tideline.features.ValueCount;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How far the two splits of a feature lie apart, from 0 to 1. Numbers: the largest difference of their distributions (Kolmogorov and
 * Smirnov's D) at a hundred quantiles of each. Values: the largest difference of a value's share, as in TensorFlow Data Validation.
 */
final class Skew {

    /** Below this many values a difference says little. */
    static final long FEWEST = 100;

    private static final int RANKS = 100;
    private static final int VALUES = 200;

    private Skew() {}

    /** Zero when a split has too few values. */
    static double of(FeatureStatistics train, FeatureStatistics evaluation) {
        if (train.count() < FEWEST || evaluation.count() < FEWEST) {
            return 0;
        }
        if (train instanceof NumericStatistics a && evaluation instanceof NumericStatistics b) {
            return a.finite() == 0 || b.finite() == 0 ? 0 : Math.max(apart(a, b), apart(b, a));
        }
        return train instanceof TextStatistics && evaluation instanceof TextStatistics ? ofValues(train, evaluation) : 0;
    }

    /** Missing share in one split less that in the other. */
    static double ofMissing(FeatureStatistics train, DatasetStatistics trainRows, FeatureStatistics evaluation, DatasetStatistics evaluationRows) {
        return trainRows.records() < FEWEST || evaluationRows.records() < FEWEST ? 0
                : Math.abs(share(train.missing(), trainRows.records()) - share(evaluation.missing(), evaluationRows.records()));
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static double apart(NumericStatistics a, NumericStatistics b) {
        return IntStream.rangeClosed(0, RANKS).mapToDouble(i -> a.quantile((double) i / RANKS))
                .map(value -> Math.abs(a.shareBelow(value) - b.shareBelow(value))).max().orElse(0);
    }

    private static double ofValues(FeatureStatistics train, FeatureStatistics evaluation) {
        Map<String, Double> shares = new HashMap<>();
        for (ValueCount value : train.top(VALUES)) {
            shares.merge(value.value(), share(value.count(), train.count()), Double::sum);
        }
        for (ValueCount value : evaluation.top(VALUES)) {
            shares.merge(value.value(), -share(value.count(), evaluation.count()), Double::sum);
        }
        return shares.values().stream().mapToDouble(Math::abs).max().orElse(0);
    }
}

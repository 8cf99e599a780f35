package dev.tideline.features;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Freezes statistics into baselines. */
public final class Baselines {

    private static final int BINS = 10;
    private static final int MAX_CATEGORIES = 200;
    /** An integer with no more distinct values than this is compared value by value. */
    private static final int MAX_INTEGER_CATEGORIES = 50;

    private Baselines() {}

    /** One baseline per feature of {@code features} that {@code statistics} knows, BYTES features left out. */
    public static SortedMap<String, Baseline> from(DatasetStatistics statistics, List<FeatureSpec> features) {
        TreeMap<String, Baseline> baselines = new TreeMap<>();
        for (FeatureSpec feature : features) {
            FeatureStatistics summary = statistics.features().get(feature.name());
            if (summary != null && feature.kind() != Kind.BYTES) {
                baselines.put(feature.name(), from(summary));
            }
        }
        return baselines;
    }

    /** Ten quantile bins for numbers, the 200 most frequent values for text and for integers with few values. */
    public static Baseline from(FeatureStatistics statistics) {
        return switch (statistics) {
            case TextStatistics text -> categorical(text);
            case NumericStatistics numeric -> numeric.values() != null && numeric.distinct() <= MAX_INTEGER_CATEGORIES
                    ? categorical(numeric) : numeric(numeric);
        };
    }

    private static Baseline categorical(FeatureStatistics statistics) {
        List<ValueCount> top = statistics.top(MAX_CATEGORIES);
        long[] counts = top.stream().mapToLong(ValueCount::count).toArray();
        return new Baseline.Categorical(top.stream().map(ValueCount::value).toList(), counts,
                Math.max(0, statistics.count() - Arrays.stream(counts).sum()), statistics.missing());
    }

    private static Baseline numeric(NumericStatistics statistics) {
        double[] edges = IntStream.range(1, BINS).mapToDouble(i -> statistics.quantile((double) i / BINS))
                .filter(edge -> edge > statistics.min()).distinct().toArray();
        long[] counts = new long[edges.length + 1];
        long below = 0;
        for (int i = 0; i < edges.length; i++) {
            long upTo = Math.round(statistics.shareBelow(edges[i]) * statistics.finite());
            counts[i] = upTo - below;
            below = upTo;
        }
        counts[edges.length] = statistics.finite() - below;
        return new Baseline.Numeric(edges, counts, statistics.missing(), statistics.min(), statistics.max(),
                statistics.mean(), statistics.deviation());
    }
}

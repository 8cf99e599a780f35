package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;

/** Adds up histograms of meters in given buckets. Meters may have other buckets besides, which are passed over. */
final class HistogramSum {

    /** Bounds are whole nanoseconds in timers and fractions of microseconds here. */
    private static final double TOLERANCE = 1e-3;
    private static final double NANOS = 1e3;

    private final double unit;
    private final double[] bounds;
    private final double[] counts;
    private double count;
    private double total;

    /** @param unit of the meters' own: 1000 where they count nanoseconds */
    private HistogramSum(double unit, double[] bounds) {
        this.unit = unit;
        this.bounds = bounds;
        this.counts = new double[bounds.length];
    }

    /** For meters of the kind of {@code meter}. */
    static HistogramSum of(Bounds bounds, Meter meter) {
        return new HistogramSum(meter instanceof Timer ? NANOS : 1, bounds.upper());
    }

    HistogramSum copy() {
        HistogramSum copy = new HistogramSum(unit, bounds);
        System.arraycopy(counts, 0, copy.counts, 0, counts.length);
        copy.count = count;
        copy.total = total;
        return copy;
    }

    void add(HistogramSnapshot snapshot) {
        count += snapshot.count();
        total += snapshot.total() / unit;
        double below = 0;
        int next = 0;
        CountAtBucket[] buckets = snapshot.histogramCounts();
        for (int i = 0; i < bounds.length; i++) {
            while (next < buckets.length && buckets[next].bucket() / unit <= bounds[i] + TOLERANCE) {
                below = buckets[next++].count();
            }
            counts[i] += below;
        }
    }

    double[] bounds() {
        return bounds;
    }

    /** Cumulative, a bound each. */
    double[] counts() {
        return counts;
    }

    double count() {
        return count;
    }

    double total() {
        return total;
    }
}

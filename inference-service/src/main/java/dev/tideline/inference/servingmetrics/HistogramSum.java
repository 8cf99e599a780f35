package dev.tideline.inference.servingmetrics;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import java.util.concurrent.TimeUnit;

/** Adds up histograms of timers in given buckets. Timers may have other buckets besides, which are passed over. */
final class HistogramSum {

    /** Bounds are whole nanoseconds in the timer and fractions of microseconds here. */
    private static final double TOLERANCE = 1e-3;

    private final double[] bounds;
    private final double[] counts;
    private double count;
    private double totalMicros;

    HistogramSum(Bounds bounds) {
        this.bounds = bounds.micros();
        this.counts = new double[this.bounds.length];
    }

    void add(HistogramSnapshot snapshot) {
        count += snapshot.count();
        totalMicros += snapshot.total(TimeUnit.MICROSECONDS);
        double below = 0;
        int next = 0;
        CountAtBucket[] buckets = snapshot.histogramCounts();
        for (int i = 0; i < bounds.length; i++) {
            while (next < buckets.length && buckets[next].bucket(TimeUnit.MICROSECONDS) <= bounds[i] + TOLERANCE) {
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

    double totalMicros() {
        return totalMicros;
    }
}

package dev.tideline.monitoring.drift;

import dev.tideline.features.Baseline;
import dev.tideline.features.NumericProfile;

/**
 * Distances between the numbers of a window and of training that respect their order, taken from the counts on the frozen bins; for display.
 *
 * @param ks          largest difference between the two cumulative distributions (Kolmogorov-Smirnov's D), at the edges of the bins
 * @param wasserstein area between them in standard deviations of the training values: values spread evenly inside a bin, those of the
 *                    outer bins over one deviation at most; never less than the shift, which it cannot be
 * @param shift       difference of the means, in standard deviations of the training values; its sign is the direction
 */
record Shape(double ks, double wasserstein, double shift) {

    static final Shape NONE = new Shape(0, 0, 0);

    static Shape of(NumericProfile window) {
        Baseline.Numeric baseline = window.baseline();
        double n = window.total();
        double m = baseline.total();
        if (n == 0 || m == 0) {
            return NONE;
        }
        double deviation = baseline.deviation() > 0 ? baseline.deviation() : 1;
        double[] edges = baseline.edges();
        double before = 0;
        double now = 0;
        double largest = 0;
        double area = 0;
        double low = Math.min(baseline.min(), window.min());
        double difference = 0;
        for (int i = 0; i <= edges.length; i++) {
            before += baseline.counts()[i] / m;
            now += window.counts()[i] / n;
            double next = i < edges.length ? now - before : 0;
            double high = i < edges.length ? edges[i] : Math.max(baseline.max(), window.max());
            double width = i == 0 || i == edges.length ? Math.min(deviation, high - low) : high - low;
            area += Math.max(0, width) * between(difference, next);
            largest = Math.max(largest, Math.abs(next));
            difference = next;
            low = high;
        }
        double shift = (window.mean() - baseline.mean()) / deviation;
        return new Shape(largest, Math.max(area / deviation, Math.abs(shift)), shift);
    }

    /** Mean of the absolute value of a line from {@code a} to {@code b}. */
    private static double between(double a, double b) {
        if (a * b >= 0) {
            return Math.abs(a + b) / 2;
        }
        return (a * a + b * b) / (2 * (Math.abs(a) + Math.abs(b)));
    }
}

package dev.tideline.monitoring.drift;

import dev.tideline.features.Baseline;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws from known distributions onto the bins of a baseline. */
final class Samples {

    static final int BASELINE_ROWS = 10_000;
    private static final int BINS = 10;

    private final SplittableRandom random;

    Samples(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Ten quantile bins of {@code rows} standard normal values. */
    Baseline.Numeric normalBaseline(int rows) {
        double[] values = new double[rows];
        Arrays.setAll(values, i -> random.nextGaussian());
        Arrays.sort(values);
        double[] edges = new double[BINS - 1];
        Arrays.setAll(edges, i -> values[(i + 1) * rows / BINS]);
        long[] counts = new long[BINS];
        Arrays.fill(counts, rows / BINS);
        return new Baseline.Numeric(edges, counts, 0, values[0], values[rows - 1], 0, 1);
    }

    Profile normal(Baseline.Numeric baseline, int rows, double mean, double deviation) {
        NumericProfile profile = (NumericProfile) Profile.on(baseline);
        for (int i = 0; i < rows; i++) {
            profile.add(mean + deviation * random.nextGaussian());
        }
        return profile;
    }

    /** Counts of {@code rows} draws with the probabilities given. */
    long[] categories(int rows, double... probabilities) {
        long[] counts = new long[probabilities.length];
        for (int i = 0; i < rows; i++) {
            double u = random.nextDouble();
            int at = 0;
            while (at < probabilities.length - 1 && u >= probabilities[at]) {
                u -= probabilities[at++];
            }
            counts[at]++;
        }
        return counts;
    }
}

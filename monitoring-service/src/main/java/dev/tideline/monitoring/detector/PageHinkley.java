package dev.tideline.monitoring.detector;

/**
 * Page-Hinkley test for a rising mean, in the form with a forgetting factor (Page, Biometrika 41, 1954; Hinkley, Biometrika 58,
 * 1971).
 *
 * @param minimum   observations before the first verdict
 * @param tolerance excess over the mean that is no sign of drift
 * @param threshold sum that is drift; half of it warns
 * @param fading    weight of the sum so far at each step
 * @param count     observations since the start or the last alarm
 * @param mean      of these
 * @param sum       faded sum of what exceeds mean and tolerance
 */
record PageHinkley(
        int minimum, double tolerance, double threshold, double fading, long count, double mean, double sum, Level level)
        implements DriftDetector {

    public static PageHinkley withDefaults() {
        return new PageHinkley(30, 0.005, 50, 1 - 0.0001, 0, 0, 0, Level.STABLE);
    }

    @Override
    public PageHinkley next(double error) {
        if (level == Level.DRIFT) {
            return new PageHinkley(minimum, tolerance, threshold, fading, 0, 0, 0, Level.STABLE).next(error);
        }
        long n = count + 1;
        double average = mean + (error - mean) / n;
        double excess = fading * sum + (error - average - tolerance);
        Level now = n + 1 < minimum ? Level.STABLE
                : excess > threshold ? Level.DRIFT
                : excess > threshold / 2 ? Level.WARNING : Level.STABLE;
        return new PageHinkley(minimum, tolerance, threshold, fading, n, average, excess, now);
    }

    /** The test keeps no second mean. */
    @Override
    public double quietMean() {
        return mean;
    }

    @Override
    public double recentMean() {
        return mean;
    }

    @Override
    public long recentCount() {
        return count;
    }
}

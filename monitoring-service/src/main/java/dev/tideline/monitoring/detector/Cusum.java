package dev.tideline.monitoring.detector;

/**
 * Cumulative sum of what exceeds the running mean, cut at zero (Page, Biometrika 41, 1954).
 *
 * @param minimum   observations before the first verdict
 * @param tolerance excess over the mean that is no sign of drift
 * @param threshold sum that is drift; half of it warns
 * @param count     observations since the start or the last alarm
 * @param mean      of these
 * @param sum       the cumulative sum
 * @param rising    observations since the sum was last zero
 * @param risingSum sum of these
 */
record Cusum(
        int minimum, double tolerance, double threshold, long count, double mean, double sum, long rising, double risingSum,
        Level level) implements DriftDetector {

    public static Cusum withDefaults() {
        return new Cusum(30, 0.005, 50, 0, 0, 0, 0, 0, Level.STABLE);
    }

    @Override
    public Cusum next(double error) {
        if (level == Level.DRIFT) {
            return new Cusum(minimum, tolerance, threshold, 0, 0, 0, 0, 0, Level.STABLE).next(error);
        }
        long n = count + 1;
        double average = mean + (error - mean) / n;
        double excess = Math.max(0, sum + error - average - tolerance);
        Level now = n + 1 < minimum ? Level.STABLE
                : excess > threshold ? Level.DRIFT
                : excess > threshold / 2 ? Level.WARNING : Level.STABLE;
        return new Cusum(minimum, tolerance, threshold, n, average, excess, excess > 0 ? rising + 1 : 0,
                excess > 0 ? risingSum + error : 0, now);
    }

    @Override
    public double quietMean() {
        return count == rising ? mean : (mean * count - risingSum) / (count - rising);
    }

    @Override
    public double recentMean() {
        return rising == 0 ? mean : risingSum / rising;
    }

    @Override
    public long recentCount() {
        return rising;
    }
}

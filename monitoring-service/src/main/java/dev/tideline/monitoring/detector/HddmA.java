package dev.tideline.monitoring.detector;

/**
 * Drift detection by Hoeffding's bound on moving averages (Frías-Blanco and others, "Online and Non-Parametric Drift Detection
 * Methods Based on Hoeffding's Bounds", IEEE TKDE 27(3), 2015), one-sided: only a rising error counts. The prefix with the lowest
 * upper bound on its mean is remembered; drift is a total mean that exceeds the prefix mean by more than chance explains.
 *
 * @param driftConfidence   accepted chance of a false alarm per comparison, 0.001 in the paper
 * @param warningConfidence the same for the warning level, 0.005 in the paper
 * @param count             observations since the start or the last alarm
 * @param sum               sum of these
 * @param quietCount        observations in the quietest prefix
 * @param quietSum          sum of these
 */
record HddmA(
        double driftConfidence, double warningConfidence, long count, double sum, long quietCount, double quietSum,
        Level level) implements DriftDetector {

    public static HddmA withDefaults() {
        return new HddmA(0.001, 0.005, 0, 0, 0, 0, Level.STABLE);
    }

    @Override
    public HddmA next(double error) {
        if (level == Level.DRIFT) {
            return new HddmA(driftConfidence, warningConfidence, 0, 0, 0, 0, Level.STABLE).next(error);
        }
        long n = count + 1;
        double s = sum + error;
        boolean quieter = quietCount == 0 || quietSum / quietCount + bound(quietCount) >= s / n + bound(n);
        long quietN = quieter ? n : quietCount;
        double quietS = quieter ? s : quietSum;
        Level now = rises(quietN, quietS, n, s, driftConfidence) ? Level.DRIFT
                : rises(quietN, quietS, n, s, warningConfidence) ? Level.WARNING : Level.STABLE;
        return new HddmA(driftConfidence, warningConfidence, n, s, quietN, quietS, now);
    }

    @Override
    public double quietMean() {
        return quietCount == 0 ? 0 : quietSum / quietCount;
    }

    @Override
    public double recentMean() {
        return recentCount() == 0 ? quietMean() : (sum - quietSum) / recentCount();
    }

    @Override
    public long recentCount() {
        return count - quietCount;
    }

    private double bound(long n) {
        return Math.sqrt(Math.log(1 / driftConfidence) / (2.0 * n));
    }

    private static boolean rises(long quietN, double quietS, long n, double s, double confidence) {
        if (quietN == n) {
            return false;
        }
        double inverse = (double) (n - quietN) / quietN / n;
        return s / n - quietS / quietN >= Math.sqrt(inverse / 2 * Math.log(2 / confidence));
    }
}

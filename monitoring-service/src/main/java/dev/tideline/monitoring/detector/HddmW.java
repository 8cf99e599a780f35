package dev.tideline.monitoring.detector;

/**
 * Drift detection by McDiarmid's bound on exponentially weighted averages (Frías-Blanco and others, IEEE TKDE 27(3), 2015),
 * one-sided: only a rising error counts.
 *
 * @param driftConfidence   accepted chance of a false alarm per comparison, 0.001 in the paper
 * @param warningConfidence the same for the warning level, 0.005 in the paper
 * @param weight            of the newest observation, 0.05 in the paper
 * @param total             over all observations since the start or the last alarm
 * @param quiet             the total when its upper bound was lowest
 * @param recent            over the observations since then
 * @param lowest            that lowest upper bound
 */
record HddmW(
        double driftConfidence, double warningConfidence, double weight, Average total, Average quiet, Average recent,
        double lowest, Level level) implements DriftDetector {

    /**
     * @param count      observations
     * @param mean       weighted
     * @param squareSum  sum of the squared weights, which is what the bound needs
     */
    public record Average(long count, double mean, double squareSum) {

        static final Average EMPTY = new Average(0, 0, 0);

        Average with(double value, double weight) {
            if (count == 0) {
                return new Average(1, value, 1);
            }
            double rest = 1 - weight;
            return new Average(count + 1, weight * value + rest * mean, weight * weight + rest * rest * squareSum);
        }
    }

    public static HddmW withDefaults() {
        return fresh(0.001, 0.005, 0.05);
    }

    private static HddmW fresh(double drift, double warning, double weight) {
        return new HddmW(drift, warning, weight, Average.EMPTY, Average.EMPTY, Average.EMPTY, Double.MAX_VALUE, Level.STABLE);
    }

    @Override
    public HddmW next(double error) {
        if (level == Level.DRIFT) {
            return fresh(driftConfidence, warningConfidence, weight).next(error);
        }
        Average all = total.with(error, weight);
        double upper = all.mean() + bound(all.squareSum(), driftConfidence);
        boolean quieter = upper < lowest;
        Average before = quieter ? all : quiet;
        Average since = quieter ? Average.EMPTY : recent.with(error, weight);
        Level now = rises(before, since, driftConfidence) ? Level.DRIFT
                : rises(before, since, warningConfidence) ? Level.WARNING : Level.STABLE;
        return new HddmW(driftConfidence, warningConfidence, weight, all, before, since, quieter ? upper : lowest, now);
    }

    @Override
    public double quietMean() {
        return quiet.mean();
    }

    @Override
    public double recentMean() {
        return recent.count() == 0 ? quiet.mean() : recent.mean();
    }

    @Override
    public long recentCount() {
        return recent.count();
    }

    private static boolean rises(Average before, Average since, double confidence) {
        return before.count() > 0 && since.count() > 0
                && since.mean() - before.mean() > bound(before.squareSum() + since.squareSum(), confidence);
    }

    private static double bound(double squareSum, double confidence) {
        return Math.sqrt(squareSum * Math.log(1 / confidence) / 2);
    }
}

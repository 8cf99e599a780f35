package dev.tideline.monitoring.detector;

/**
 * Drift detection method (Gama and others, SBIA 2004): the error rate plus its deviation, against the lowest such sum so far. For
 * errors of 0 and 1.
 *
 * @param minimum      observations before the first verdict
 * @param warning      deviations above the lowest rate that warn
 * @param drift        deviations above the lowest rate that are drift
 * @param count        observations since the start or the last alarm
 * @param rate         error rate of these
 * @param lowRate      rate when rate plus deviation was lowest
 * @param lowDeviation deviation then; infinite before the first verdict
 */
record Ddm(
        int minimum, double warning, double drift, long count, double rate, double lowRate, double lowDeviation, Level level)
        implements DriftDetector {

    private static final double NOT_YET = Double.MAX_VALUE;

    public static Ddm withDefaults() {
        return new Ddm(30, 2, 3, 0, 0, 0, NOT_YET, Level.STABLE);
    }

    @Override
    public Ddm next(double error) {
        if (level == Level.DRIFT) {
            return new Ddm(minimum, warning, drift, 0, 0, 0, NOT_YET, Level.STABLE).next(error);
        }
        long n = count + 1;
        double p = rate + (error - rate) / n;
        double s = Math.sqrt(p * (1 - p) / n);
        if (n + 1 < minimum) {
            return new Ddm(minimum, warning, drift, n, p, lowRate, lowDeviation, Level.STABLE);
        }
        boolean lowest = p + s <= lowRate + lowDeviation;
        double lowP = lowest ? p : lowRate;
        double lowS = lowest ? s : lowDeviation;
        Level now = n + 1 > minimum && p + s > lowP + drift * lowS ? Level.DRIFT
                : p + s > lowP + warning * lowS ? Level.WARNING : Level.STABLE;
        return new Ddm(minimum, warning, drift, n, p, lowP, lowS, now);
    }

    @Override
    public double quietMean() {
        return lowDeviation == NOT_YET ? rate : lowRate;
    }

    @Override
    public double recentMean() {
        return rate;
    }

    @Override
    public long recentCount() {
        return count;
    }
}

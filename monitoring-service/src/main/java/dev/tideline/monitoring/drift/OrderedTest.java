package dev.tideline.monitoring.drift;

/**
 * Tests whether the window's values lie lower or higher, or closer together or further apart, than the baseline's: the linear and
 * the quadratic component of Neyman's smooth test on the pooled mid-ranks of ordered bins. Shifts and spreads are what features
 * do most, and two degrees of freedom see them in far fewer rows than the nine of a chi-square test over ten bins.
 */
final class OrderedTest {

    private static final double NO_SPREAD = 1e-12;

    private OrderedTest() {}

    /** The p-value of "both samples come from one distribution"; {@code cells} are bins in ascending order. */
    static double p(Cells cells) {
        double n = cells.windowRows();
        double m = cells.baselineRows();
        if (n == 0 || m == 0) {
            return 1;
        }
        int size = cells.size();
        double[] share = new double[size];
        double[] linear = new double[size];
        double below = 0;
        for (int i = 0; i < size; i++) {
            share[i] = (cells.window()[i] + cells.baseline()[i]) / (n + m);
            linear[i] = below + share[i] / 2;
            below += share[i];
        }
        standardise(linear, share);
        double[] quadratic = new double[size];
        double overlap = 0;
        for (int i = 0; i < size; i++) {
            quadratic[i] = linear[i] * linear[i];
            overlap += share[i] * quadratic[i] * linear[i];
        }
        for (int i = 0; i < size; i++) {
            quadratic[i] -= overlap * linear[i];
        }
        standardise(quadratic, share);
        double scale = n * m / (n + m);
        double statistic = scale * (square(difference(linear, cells, n, m)) + square(difference(quadratic, cells, n, m)));
        return ChiSquare.upperTail(statistic, 2);
    }

    /** Gives {@code scores} mean 0 and variance 1 under {@code share}; scores without spread become 0. */
    private static void standardise(double[] scores, double[] share) {
        double mean = 0;
        for (int i = 0; i < scores.length; i++) {
            mean += share[i] * scores[i];
        }
        double variance = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] -= mean;
            variance += share[i] * scores[i] * scores[i];
        }
        double deviation = variance < NO_SPREAD ? Double.POSITIVE_INFINITY : Math.sqrt(variance);
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= deviation;
        }
    }

    private static double difference(double[] scores, Cells cells, double n, double m) {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum += scores[i] * (cells.window()[i] / n - cells.baseline()[i] / m);
        }
        return sum;
    }

    private static double square(double value) {
        return value * value;
    }
}

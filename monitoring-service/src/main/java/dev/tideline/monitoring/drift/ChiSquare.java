package dev.tideline.monitoring.drift;

/** Upper tail of the chi-square distribution, by the regularised incomplete gamma function. Relative error below 1e-10. */
final class ChiSquare {

    private static final double EPSILON = 1e-15;
    private static final double TINY = 1e-300;
    private static final int MAX_TERMS = 10_000;
    /** Lanczos coefficients for g = 7, nine terms. */
    private static final double[] LANCZOS = {
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7
    };

    private ChiSquare() {}

    /** Probability that a chi-square variable with {@code degrees} of freedom is at least {@code statistic}. */
    static double upperTail(double statistic, int degrees) {
        if (degrees <= 0 || statistic <= 0) {
            return 1;
        }
        double a = degrees / 2.0;
        double x = statistic / 2;
        // Each expansion converges fast on its own side of the mean only.
        double tail = x < a + 1 ? 1 - lowerBySeries(a, x) : upperByFraction(a, x);
        return Math.clamp(tail, 0, 1);
    }

    private static double lowerBySeries(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int k = 1; k < MAX_TERMS && term > sum * EPSILON; k++) {
            term *= x / (a + k);
            sum += term;
        }
        return sum * scale(a, x);
    }

    /** Continued fraction of Legendre, evaluated by the modified Lentz method. */
    private static double upperByFraction(double a, double x) {
        double b = x + 1 - a;
        double c = 1 / TINY;
        double d = 1 / b;
        double value = d;
        for (int k = 1; k < MAX_TERMS; k++) {
            double numerator = k * (a - k);
            b += 2;
            d = 1 / nonZero(b + numerator * d);
            c = nonZero(b + numerator / c);
            double step = c * d;
            value *= step;
            if (Math.abs(step - 1) < EPSILON) {
                break;
            }
        }
        return value * scale(a, x);
    }

    private static double scale(double a, double x) {
        return Math.exp(a * Math.log(x) - x - logGamma(a));
    }

    private static double nonZero(double value) {
        return Math.abs(value) < TINY ? TINY : value;
    }

    private static double logGamma(double a) {
        double z = a - 1;
        double sum = LANCZOS[0];
        for (int k = 1; k < LANCZOS.length; k++) {
            sum += LANCZOS[k] / (z + k);
        }
        double t = z + 7.5;
        return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum);
    }
}

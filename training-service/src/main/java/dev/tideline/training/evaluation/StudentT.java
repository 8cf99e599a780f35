package dev.tideline.training.evaluation;

/** Quantiles of Student's t distribution, to widen intervals that rest on few blocks. */
final class StudentT {

    private StudentT() {}

    /**
     * How many times wider an interval must be than the normal one; Abramowitz and Stegun 26.7.5, within 1 % from 5 degrees of
     * freedom on.
     *
     * @param probability of the quantile, above 0.5
     */
    static double widening(double probability, double degrees) {
        double z = normal(probability);
        double z2 = z * z;
        double first = (z2 + 1) / 4;
        double second = (5 * z2 * z2 + 16 * z2 + 3) / 96;
        double third = (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / 384;
        return 1 + first / degrees + second / (degrees * degrees) + third / (degrees * degrees * degrees);
    }

    /** Quantile of the normal distribution; Abramowitz and Stegun 26.2.23, within 0.00045. */
    static double normal(double probability) {
        double t = Math.sqrt(-2 * Math.log(1 - probability));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}

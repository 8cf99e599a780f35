package dev.tideline.training.evaluation;

/**
 * Quantile loss of one prediction: {@code q (y - f)} above it, {@code (1 - q) (f - y)} below. Its mean is least for the true
 * quantile. Source: Koenker and Bassett 1978.
 */
final class Pinball {

    private Pinball() {}

    /** @param quantile between 0 and 1 */
    static double loss(double label, double prediction, double quantile) {
        double gap = label - prediction;
        return gap >= 0 ? quantile * gap : (quantile - 1) * gap;
    }
}

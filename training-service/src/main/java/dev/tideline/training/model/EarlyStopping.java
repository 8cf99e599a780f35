package dev.tideline.training.model;

/**
 * Ends training when passes over the data stop to help, judged after each pass on records held out of the training split.
 *
 * @param metric      {@code loss}, or a metric of the head
 * @param patience    passes without improvement before training ends
 * @param minDelta    what counts as improvement, in the metric's own unit
 * @param restoreBest whether the weights of the best pass are kept rather than the last ones
 * @param holdOut     share of the training records, the last ones of each slice, that is never trained on
 */
public record EarlyStopping(String metric, int patience, double minDelta, boolean restoreBest, double holdOut) {

    public static final String LOSS = "loss";

    /** How much better {@code value} is than {@code other}, in the metric's unit; negative when worse. */
    public double improvement(double value, double other) {
        return metric.equals(LOSS) ? other - value : Metrics.improvement(metric, value, other);
    }
}

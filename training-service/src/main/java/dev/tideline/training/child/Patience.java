package dev.tideline.training.child;

import dev.tideline.training.model.EarlyStopping;
import org.jspecify.annotations.Nullable;

/**
 * What early stopping has seen so far; kept beside the checkpoints.
 *
 * @param pass   the last pass that was judged, from 0; -1 before the first
 * @param best   value of the metric after {@code bestPass}; null before the first
 * @param waited judged passes since then
 */
record Patience(int pass, @Nullable Double best, int bestPass, int waited) {

    static Patience fresh() {
        return new Patience(-1, null, -1, 0);
    }

    /** After {@code pass} gave {@code value}; a pass that was judged before changes nothing, and NaN is no improvement. */
    Patience after(int pass, double value, EarlyStopping rule) {
        if (pass <= this.pass) {
            return this;
        }
        boolean better = best == null ? !Double.isNaN(value) : rule.improvement(value, best) > rule.minDelta();
        return better ? new Patience(pass, value, pass, 0) : new Patience(pass, best, bestPass, waited + 1);
    }

    boolean exhausted(EarlyStopping rule) {
        return waited >= rule.patience();
    }

    boolean isBest() {
        return pass == bestPass && pass >= 0;
    }
}

package dev.tideline.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * How well probabilities keep their word: bins of equal width over the probability, and in each the mean probability beside the
 * share that came true. Source: Guo, Pleiss, Sun and Weinberger 2017, equations 2 and 3.
 */
final class Calibration {

    static final int BINS = 15;

    private final double[] weight = new double[BINS];
    private final double[] confidence = new double[BINS];
    private final double[] came = new double[BINS];

    void add(double probability, boolean happened, double rowWeight) {
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        weight[bin] += rowWeight;
        confidence[bin] += rowWeight * probability;
        came[bin] += happened ? rowWeight : 0;
    }

    /** Expected calibration error: mean over examples of the gap of their bin. */
    Metric error() {
        double gaps = 0;
        double all = 0;
        for (int bin = 0; bin < BINS; bin++) {
            gaps += Math.abs(came[bin] - confidence[bin]);
            all += weight[bin];
        }
        return Metric.ratio(gaps, all, "weight of examples");
    }

    List<Evaluation.Bin> bins() {
        var bins = new ArrayList<Evaluation.Bin>();
        for (int bin = 0; bin < BINS; bin++) {
            if (weight[bin] > 0) {
                bins.add(new Evaluation.Bin((double) bin / BINS, (bin + 1.0) / BINS, weight[bin], confidence[bin] / weight[bin],
                    came[bin] / weight[bin]));
            }
        }
        return bins;
    }
}

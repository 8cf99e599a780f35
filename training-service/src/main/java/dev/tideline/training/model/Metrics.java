package dev.tideline.training.model;

import java.util.List;
import java.util.Set;

/** Names of evaluation metrics, and which way is better. */
public final class Metrics {

    public static final String ACCURACY = "accuracy";
    public static final String LOG_LOSS = "logLoss";
    public static final String AUC = "auc";
    /** Average precision: the area under the precision-recall curve without interpolation. */
    public static final String PR_AUC = "prAuc";
    /** Of the positive class; the unweighted mean over classes or labels for several. */
    public static final String F1 = "f1";
    public static final String BRIER = "brier";
    /** Expected calibration error. */
    public static final String ECE = "ece";
    public static final String MAE = "mae";
    public static final String RMSE = "rmse";
    public static final String R2 = "r2";
    public static final String QUANTILE_LOSS = "quantileLoss";
    public static final String COVERAGE = "coverage";

    private static final Set<String> SMALLER_IS_BETTER = Set.of(LOG_LOSS, BRIER, ECE, MAE, RMSE, QUANTILE_LOSS);

    private Metrics() {}

    /** What a head is judged by; the first is the default of the gate. */
    public static List<String> names(Head head) {
        return switch (head) {
            case Head.Binary binary -> List.of(ACCURACY, LOG_LOSS, AUC, PR_AUC, F1, BRIER, ECE);
            case Head.Multiclass multiclass -> List.of(ACCURACY, LOG_LOSS, F1, BRIER, ECE);
            case Head.Multilabel multilabel -> List.of(LOG_LOSS, ACCURACY, F1);
            case Head.Regression regression -> List.of(RMSE, MAE, R2);
            case Head.Quantile quantile -> List.of(QUANTILE_LOSS, MAE, COVERAGE);
        };
    }

    public static boolean smallerIsBetter(String metric) {
        return SMALLER_IS_BETTER.contains(metric);
    }

    /** How much better {@code candidate} is than {@code other}; negative when worse. */
    public static double improvement(String metric, double candidate, double other) {
        return smallerIsBetter(metric) ? other - candidate : candidate - other;
    }
}

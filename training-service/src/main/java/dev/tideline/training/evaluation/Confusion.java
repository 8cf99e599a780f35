package dev.tideline.training.evaluation;

import java.util.Arrays;
import java.util.List;

/** Who was taken for whom. */
final class Confusion {

    private Confusion() {}

    static List<List<Double>> rows(double[][] counts) {
        return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
    }

    /** F1 of one class: 2 TP / (2 TP + FP + FN). Undefined for a class that is neither there nor answered. */
    static Metric f1(double truePositives, double falsePositives, double falseNegatives) {
        return Metric.ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives, "examples of the class");
    }
}

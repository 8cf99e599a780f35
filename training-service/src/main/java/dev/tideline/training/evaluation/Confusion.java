package dev.tideline.training.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * Who was taken for whom.
 *
 * @param counts weight by true class, then by answered class; labels that are no class are not in here
 */
public record Confusion(List<List<Double>> counts) {

    public Confusion {
        counts = counts.stream().map(List::copyOf).toList();
    }

    static Confusion of(double[][] counts) {
        var rows = new ArrayList<List<Double>>();
        for (var row : counts) {
            var cells = new ArrayList<Double>();
            for (double cell : row) {
                cells.add(cell);
            }
            rows.add(cells);
        }
        return new Confusion(rows);
    }

    /** F1 of one class: 2 TP / (2 TP + FP + FN). Undefined for a class that is neither there nor answered. */
    static Metric f1(double truePositives, double falsePositives, double falseNegatives) {
        return Metric.ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives, "examples of the class");
    }
}

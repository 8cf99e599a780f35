package dev.tideline.training.evaluation;

import dev.tideline.training.model.ClassWeights;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.List;

/** Several yes-or-no answers per example; each counts as much as the others. */
final class LabelRows extends Rows {

    private static final List<String> NAMES = Metrics.names(new Head.Multilabel(List.of(), ClassWeights.none()));

    private final Answers answers;
    private final double[] right;
    private final double[] losses;

    LabelRows(Answers answers) {
        super(Means.spoiled(answers), answers, NAMES);
        this.answers = answers;
        right = Means.each(answers.count(), row -> {
            int sum = 0;
            for (int k = 0; k < answers.width(); k++) {
                sum += said(row, k) == truth(row, k) ? 1 : 0;
            }
            return (double) sum / answers.width();
        });
        losses = Means.each(answers.count(), row -> {
            double sum = 0;
            for (int k = 0; k < answers.width(); k++) {
                double probability = truth(row, k) ? answers.score(row, k) : 1.0 - answers.score(row, k);
                sum -= Math.log(Math.max(BinaryRows.SMALLEST_PROBABILITY, probability));
            }
            return sum / answers.width();
        });
    }

    private boolean said(int row, int label) {
        return answers.score(row, label) >= 0.5f;
    }

    private boolean truth(int row, int label) {
        return answers.label(row, label) == 1;
    }

    @Override
    Metric measure(String name, double[] given) {
        return switch (name) {
            case Metrics.ACCURACY -> Means.weighted(right, given);
            case Metrics.LOG_LOSS -> Means.weighted(losses, given);
            case Metrics.F1 -> macroF1(given);
            default -> throw new IllegalArgumentException("metric: " + name + " (expected: one of " + NAMES + ")");
        };
    }

    @Override
    double[] contributions(String name) {
        return name.equals(Metrics.LOG_LOSS) ? losses : right;
    }

    /** Mean over the labels that are there or were answered. */
    private Metric macroF1(double[] given) {
        double sum = 0;
        int counted = 0;
        for (int k = 0; k < answers.width(); k++) {
            double both = 0;
            double wronglySaid = 0;
            double missed = 0;
            for (int row = 0; row < count(); row++) {
                both += said(row, k) && truth(row, k) ? given[row] : 0;
                wronglySaid += said(row, k) && !truth(row, k) ? given[row] : 0;
                missed += !said(row, k) && truth(row, k) ? given[row] : 0;
            }
            if (Confusion.f1(both, wronglySaid, missed) instanceof Metric.Defined(double value)) {
                sum += value;
                counted++;
            }
        }
        return Metric.ratio(sum, counted, "labels");
    }
}

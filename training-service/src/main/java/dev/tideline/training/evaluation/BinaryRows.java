package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Probabilities of the positive class. A label that is neither class counts as wrong, with the worst loss; order and calibration
 * leave it out, because there is nothing that could have been said.
 */
final class BinaryRows extends Rows {

    private static final List<String> NAMES = Metrics.names(new Head.Binary(null));

    /** Keeps log loss finite when a model is sure and wrong. */
    static final double SMALLEST_PROBABILITY = 1e-7;

    private final double[] labels;
    private final float[] scores;
    private final double[] right;
    private final double[] losses;
    private final double[] squares;
    private int @Nullable [] order;

    BinaryRows(Answers answers) {
        super(Means.spoiled(answers), answers, NAMES);
        int count = answers.count();
        labels = Means.each(count, answers::label);
        scores = new float[count];
        for (int i = 0; i < count; i++) {
            scores[i] = answers.score(i, 0);
        }
        right = Means.each(count, i -> known(i) && answered(i) == (labels[i] == 1) ? 1 : 0);
        losses = Means.each(count, i -> -Math.log(Math.max(SMALLEST_PROBABILITY, ofLabel(i))));
        squares = Means.each(count, i -> (1 - ofLabel(i)) * (1 - ofLabel(i)));
    }

    private boolean known(int row) {
        return labels[row] == 0 || labels[row] == 1;
    }

    private boolean answered(int row) {
        return scores[row] >= 0.5f;
    }

    /** Probability that was given to what came. */
    private double ofLabel(int row) {
        return !known(row) ? 0 : labels[row] == 1 ? scores[row] : 1.0 - scores[row];
    }

    @Override
    Metric measure(String name, double[] given) {
        return switch (name) {
            case Metrics.ACCURACY -> Means.weighted(right, given);
            case Metrics.LOG_LOSS -> Means.weighted(losses, given);
            case Metrics.BRIER -> Means.weighted(squares, given);
            case Metrics.AUC -> Ranking.auc(order(), labels, scores, given);
            case Metrics.PR_AUC -> Ranking.averagePrecision(order(), labels, scores, given);
            case Metrics.F1 -> {
                var counts = counts(given);
                yield Confusion.f1(counts[1][1], counts[0][1] + unknown(given, true), counts[1][0]);
            }
            case Metrics.ECE -> calibration(given).error();
            default -> throw new IllegalArgumentException("metric: " + name + " (expected: one of " + names() + ")");
        };
    }

    @Override
    double[] contributions(String name) {
        return switch (name) {
            case Metrics.ACCURACY, Metrics.F1 -> right;
            case Metrics.LOG_LOSS -> losses;
            default -> squares;
        };
    }

    List<List<Double>> confusion() {
        return Confusion.rows(counts(weights()));
    }

    Calibration calibration(double[] given) {
        var calibration = new Calibration();
        for (int i = 0; i < labels.length; i++) {
            if (known(i)) {
                calibration.add(scores[i], labels[i] == 1, given[i]);
            }
        }
        return calibration;
    }

    /** Weight by true class, then by answered class. */
    private double[][] counts(double[] given) {
        var counts = new double[2][2];
        for (int i = 0; i < labels.length; i++) {
            if (known(i)) {
                counts[(int) labels[i]][answered(i) ? 1 : 0] += given[i];
            }
        }
        return counts;
    }

    private double unknown(double[] given, boolean answered) {
        double weight = 0;
        for (int i = 0; i < labels.length; i++) {
            weight += !known(i) && answered(i) == answered ? given[i] : 0;
        }
        return weight;
    }

    private int[] order() {
        if (order == null) {
            order = Ranking.order(scores);
        }
        return order;
    }
}

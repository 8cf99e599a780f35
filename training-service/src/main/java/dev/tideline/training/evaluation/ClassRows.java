package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.List;

/** Probabilities of several classes. A label that is no class counts as wrong, with the worst loss. */
final class ClassRows extends Rows {

    private static final List<String> NAMES = Metrics.names(new Head.Multiclass());

    private final int classes;
    private final int[] labels;
    private final int[] answered;
    private final double[] confidence;
    private final double[] right;
    private final double[] losses;
    private final double[] squares;

    ClassRows(Answers answers) {
        super(Means.spoiled(answers), answers, NAMES);
        int count = answers.count();
        classes = answers.width();
        labels = new int[count];
        answered = new int[count];
        for (int i = 0; i < count; i++) {
            double label = answers.label(i);
            labels[i] = label >= 0 && label < classes ? (int) label : -1;
            answered[i] = largest(answers, i);
        }
        confidence = Means.each(count, i -> answers.score(i, answered[i]));
        right = Means.each(count, i -> answered[i] == labels[i] ? 1 : 0);
        losses = Means.each(count, i -> -Math.log(Math.max(BinaryRows.SMALLEST_PROBABILITY, labels[i] < 0 ? 0 : answers.score(i, labels[i]))));
        squares = Means.each(count, i -> squares(answers, i, labels[i]));
    }

    /** The first of equals. */
    private static int largest(Answers answers, int row) {
        int best = 0;
        for (int k = 1; k < answers.width(); k++) {
            best = answers.score(row, k) > answers.score(row, best) ? k : best;
        }
        return best;
    }

    /** Brier's own form over all classes, from 0 to 2. */
    private static double squares(Answers answers, int row, int label) {
        double sum = label < 0 ? 1 : 0;
        for (int k = 0; k < answers.width(); k++) {
            double gap = answers.score(row, k) - (k == label ? 1 : 0);
            sum += gap * gap;
        }
        return sum;
    }

    @Override
    Metric measure(String name, double[] given) {
        return switch (name) {
            case Metrics.ACCURACY -> Means.weighted(right, given);
            case Metrics.LOG_LOSS -> Means.weighted(losses, given);
            case Metrics.BRIER -> Means.weighted(squares, given);
            case Metrics.F1 -> macroF1(given);
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

    /** Mean over the classes that are there or were answered. */
    private Metric macroF1(double[] given) {
        var both = new double[classes];
        var there = new double[classes];
        var said = new double[classes];
        for (int i = 0; i < labels.length; i++) {
            said[answered[i]] += given[i];
            if (labels[i] >= 0) {
                there[labels[i]] += given[i];
                both[labels[i]] += answered[i] == labels[i] ? given[i] : 0;
            }
        }
        double sum = 0;
        int counted = 0;
        for (int k = 0; k < classes; k++) {
            if (Confusion.f1(both[k], said[k] - both[k], there[k] - both[k]) instanceof Metric.Defined(double value)) {
                sum += value;
                counted++;
            }
        }
        return Metric.ratio(sum, counted, "classes");
    }

    List<List<Double>> confusion() {
        var counts = new double[classes][classes];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                counts[labels[i]][answered[i]] += weights()[i];
            }
        }
        return Confusion.rows(counts);
    }

    int classes() {
        return classes;
    }

    /** Of the answered class. */
    Calibration calibration(double[] given) {
        var calibration = new Calibration();
        for (int i = 0; i < labels.length; i++) {
            calibration.add(confidence[i], right[i] == 1, given[i]);
        }
        return calibration;
    }
}

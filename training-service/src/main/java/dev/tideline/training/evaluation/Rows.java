package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model's answers to some examples, ready to be judged under any weights: a resampled data set is the same rows with other
 * weights. What does not depend on weights is computed once.
 */
abstract sealed class Rows permits BinaryRows, ClassRows, LabelRows, NumberRows, QuantileRows {

    private final Metric.@Nullable Undefined spoiled;
    private final double[] weights;
    private final List<String> names;

    /** @param spoiled why nothing can be said about these answers; null when something can */
    Rows(Metric.@Nullable Undefined spoiled, Answers answers, List<String> names) {
        this.spoiled = spoiled;
        this.weights = Means.each(answers.count(), answers::weight);
        this.names = names;
    }

    static Rows of(Head head, Answers answers) {
        return switch (head) {
            case Head.Binary binary -> new BinaryRows(answers);
            case Head.Multiclass multiclass -> new ClassRows(answers);
            case Head.Multilabel multilabel -> new LabelRows(answers);
            case Head.Regression regression -> new NumberRows(answers);
            case Head.Quantile quantile -> new QuantileRows(answers, quantile);
        };
    }

    final int count() {
        return weights.length;
    }

    /** Weights as the data gives them. */
    final double[] weights() {
        return weights;
    }

    /** Every metric of this kind of answers by name. */
    final List<String> names() {
        return names;
    }

    /**
     * @param name    of a metric of this kind of answers
     * @param weights by row, not negative
     */
    final Metric metric(String name, double[] weights) {
        return spoiled != null ? spoiled : measure(name, weights);
    }

    /** The same of answers that can be judged. */
    abstract Metric measure(String name, double[] weights);

    /** What single rows add to the metric, or to the mean that is nearest to it; shows how neighbours depend on each other. */
    abstract double[] contributions(String name);
}

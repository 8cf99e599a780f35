package dev.tideline.training.evaluation;

import dev.tideline.training.model.Head;
import java.util.List;

/**
 * One model's answers to some examples, ready to be judged under any weights: a resampled data set is the same rows with other
 * weights. What does not depend on weights is computed once.
 */
sealed interface Rows permits BinaryRows, ClassRows, LabelRows, NumberRows, QuantileRows {

    static Rows of(Head head, Answers answers) {
        return switch (head) {
            case Head.Binary binary -> new BinaryRows(answers);
            case Head.Multiclass multiclass -> new ClassRows(answers);
            case Head.Multilabel multilabel -> new LabelRows(answers);
            case Head.Regression regression -> new NumberRows(answers);
            case Head.Quantile quantile -> new QuantileRows(answers, quantile);
        };
    }

    int count();

    /** Weights as the data gives them. */
    double[] weights();

    /**
     * @param name    of a metric of this kind of answers
     * @param weights by row, not negative
     */
    Metric metric(String name, double[] weights);

    /** Every metric of this kind of answers by name. */
    List<String> names();

    /** What single rows add to the metric, or to the mean that is nearest to it; shows how neighbours depend on each other. */
    double[] contributions(String name);
}

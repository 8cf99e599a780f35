package dev.tideline.training.evaluation;

import java.util.function.IntToDoubleFunction;

/** Weighted means, and what spoils them. */
final class Means {

    private Means() {}

    static Metric weighted(double[] values, double[] weights) {
        double sum = 0;
        double all = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * weights[i];
            all += weights[i];
        }
        return Metric.ratio(sum, all, "weight of examples");
    }

    /** One value per example. */
    static double[] each(int count, IntToDoubleFunction value) {
        var values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = value.applyAsDouble(i);
        }
        return values;
    }

    /** Why nothing can be said about these answers at all; null when something can. */
    static Metric.@org.jspecify.annotations.Nullable Undefined spoiled(Answers answers) {
        if (answers.count() == 0) {
            return new Metric.Undefined("examples: 0 (expected: at least 1)");
        }
        int broken = 0;
        for (int i = 0; i < answers.count(); i++) {
            boolean finite = true;
            for (int k = 0; k < answers.width(); k++) {
                finite &= Float.isFinite(answers.score(i, k));
            }
            broken += finite ? 0 : 1;
        }
        return broken == 0 ? null : new Metric.Undefined(
            "answers: " + broken + " of " + answers.count() + " are not finite (expected: none)");
    }
}

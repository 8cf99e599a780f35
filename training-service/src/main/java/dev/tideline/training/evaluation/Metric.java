package dev.tideline.training.evaluation;

/** A figure, or the reason why the data cannot give it. */
sealed interface Metric {

    record Defined(double value) implements Metric {
        public Defined {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("metric: " + value + " (expected: a finite number)");
            }
        }
    }

    /** @param reason one line for people, such as "negative examples: 0 (expected: at least 1)" */
    record Undefined(String reason) implements Metric {}

    /** {@code numerator / denominator}, undefined when {@code denominator} is 0. */
    static Metric ratio(double numerator, double denominator, String whatIsMissing) {
        return denominator > 0 ? of(numerator / denominator) : new Undefined(whatIsMissing + ": 0 (expected: above 0)");
    }

    static Metric of(double value) {
        return Double.isFinite(value) ? new Defined(value) : new Undefined("value: " + value + " (expected: a finite number)");
    }
}

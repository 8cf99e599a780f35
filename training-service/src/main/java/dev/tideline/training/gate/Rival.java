package dev.tideline.training.gate;

import dev.tideline.training.evaluation.Comparison;
import dev.tideline.training.evaluation.Evaluation;

/** The champion, as far as it can be judged on today's examples. */
public sealed interface Rival {

    /** There is none: the candidate is the first version. */
    record None() implements Rival {}

    /** It answers another question: the definition or the schema was changed since. */
    record Incomparable(String reason) implements Rival {}

    /** It should be able to answer and is not: missing, damaged, or its answers are no numbers. */
    record Unusable(String reason) implements Rival {}

    /**
     * It answered the same examples.
     *
     * @param comparison by the metric that decides
     */
    record Judged(Evaluation evaluation, Comparison comparison) implements Rival {}
}

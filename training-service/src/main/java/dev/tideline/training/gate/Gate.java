package dev.tideline.training.gate;

import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.model.GateRule;
import dev.tideline.training.model.Metrics;
import java.util.ArrayList;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compares a candidate with the champion on the same examples. */
public final class Gate {

    private Gate() {}

    /** @param champion null when there is none yet, or when it cannot answer today's data */
    public static Verdict decide(GateRule rule, Evaluation candidate, @Nullable Evaluation champion) {
        var against = new ArrayList<String>();
        var inFavour = new ArrayList<String>();
        if (candidate.examples() == 0) {
            return new Verdict.Reject(java.util.List.of("evaluation examples: 0 (expected: at least 1)"));
        }
        rule.thresholds().forEach((metric, worst) -> threshold(metric, worst, candidate.metrics().get(metric), against, inFavour));
        compare(rule, candidate, champion, against, inFavour);
        return against.isEmpty() ? new Verdict.Promote(inFavour) : new Verdict.Reject(against);
    }

    private static void threshold(String metric, double worst, @Nullable Double value, ArrayList<String> against,
            ArrayList<String> inFavour) {
        var side = Metrics.smallerIsBetter(metric) ? "at most " : "at least ";
        boolean passed = value != null && Metrics.improvement(metric, value, worst) >= 0;
        (passed ? inFavour : against).add(metric + ": " + text(value) + " (expected: " + side + text(worst) + ")");
    }

    private static void compare(GateRule rule, Evaluation candidate, @Nullable Evaluation champion, ArrayList<String> against,
            ArrayList<String> inFavour) {
        var value = candidate.metrics().get(rule.metric());
        if (value == null || !Double.isFinite(value)) {
            against.add(rule.metric() + ": " + text(value) + " (expected: a finite number)");
            return;
        }
        if (champion == null) {
            inFavour.add(rule.metric() + ": " + text(value) + ", first of its kind: there is no champion to compare with");
            return;
        }
        var other = champion.metrics().get(rule.metric());
        if (other == null || !Double.isFinite(other)) {
            inFavour.add(rule.metric() + ": " + text(value) + ", the champion has none on these examples");
            return;
        }
        double improvement = Metrics.improvement(rule.metric(), value, other);
        boolean better = improvement > 0 && improvement >= rule.minimumImprovement();
        var line = rule.metric() + ": " + text(value) + " against the champion's " + text(other);
        if (better) {
            inFavour.add(line);
        } else {
            against.add(line + " (expected: better by " + (rule.minimumImprovement() > 0
                ? "at least " + text(rule.minimumImprovement()) : "more than 0") + ")");
        }
    }

    private static String text(@Nullable Double value) {
        return value == null ? "absent" : String.format(Locale.ROOT, "%.6g", value);
    }
}

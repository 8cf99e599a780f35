package dev.tideline.training.gate;

import dev.tideline.training.evaluation.Comparison;
import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.evaluation.Evaluation.SliceFigures;
import dev.tideline.training.model.GateRule;
import dev.tideline.training.model.GateRule.Limit;
import dev.tideline.training.model.GateRule.UnusableChampion;
import dev.tideline.training.model.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a candidate replaces the champion. Looks at every rule, so that a verdict names all that speaks against the candidate; a
 * rule that cannot be looked at has failed.
 */
public final class Gate {

    private final GateRule rule;
    private final Evaluation candidate;
    private final List<Finding> findings = new ArrayList<>();

    private Gate(GateRule rule, Evaluation candidate) {
        this.rule = rule;
        this.candidate = candidate;
    }

    public static Verdict decide(GateRule rule, Evaluation candidate, Rival rival) {
        return new Gate(rule, candidate).decide(rival);
    }

    private Verdict decide(Rival rival) {
        findings.add(new Finding.Examples(candidate.examples(), rule.minimumExamples(), candidate.examples() >= rule.minimumExamples()));
        if (!candidate.metrics().containsKey(rule.metric())) {
            findings.add(new Finding.Undecided(rule.metric(), candidate.undefined().getOrDefault(rule.metric(), "not measured")));
        }
        rule.limits().forEach(this::worst);
        switch (rival) {
            case Rival.None none -> findings.add(new Finding.NoRival(rule.metric() + ": " + Finding.number(candidate.metrics().get(rule.metric()))
                + ", first of its kind: there is no champion to compare with", true));
            case Rival.Incomparable incomparable -> findings.add(new Finding.NoRival(incomparable.reason(), true));
            case Rival.Unusable unusable -> unusable(unusable.reason());
            case Rival.Judged judged -> {
                better(judged);
                rule.limits().forEach(limit -> losses(limit, judged.evaluation()));
            }
        }
        return findings.stream().allMatch(Finding::passed) ? new Verdict.Promote(findings) : new Verdict.Reject(findings);
    }

    private void unusable(String reason) {
        findings.add(new Finding.NoRival("champion: " + reason, rule.unusableChampion() == UnusableChampion.REPLACE));
    }

    private void better(Rival.Judged judged) {
        if (candidate.metrics().containsKey(rule.metric()) && !judged.evaluation().metrics().containsKey(rule.metric())) {
            unusable(rule.metric() + " undefined, " + judged.evaluation().undefined().getOrDefault(rule.metric(), "not measured"));
            return;
        }
        findings.add(switch (judged.comparison()) {
            case Comparison.Measured measured ->
                new Finding.Better(rule.metric(), measured, rule.minimumImprovement(), measured.lower() > rule.minimumImprovement());
            case Comparison.Unmeasurable unmeasurable -> new Finding.Undecided(rule.metric(), unmeasurable.reason());
        });
    }

    private void worst(Limit limit) {
        var threshold = limit.worst();
        if (threshold == null) {
            return;
        }
        if (limit.covers(null)) {
            findings.add(worst(limit.metric(), null, candidate.metrics().get(limit.metric()), threshold));
        }
        for (var slice : candidate.slices()) {
            // A slice of one class has no AUC; that is no fault of the model.
            if (limit.covers(slice.feature()) && slice.metrics().containsKey(limit.metric())) {
                findings.add(worst(limit.metric(), slice.name(), slice.metrics().get(limit.metric()), threshold));
            }
        }
    }

    private static Finding worst(String metric, @Nullable String slice, @Nullable Double value, double threshold) {
        return new Finding.Worst(metric, slice, value, threshold,
            value != null && Metrics.improvement(metric, value, threshold) >= 0);
    }

    private void losses(Limit limit, Evaluation champion) {
        if (limit.covers(null)) {
            loss(limit, null, candidate.metrics().get(limit.metric()), champion.metrics().get(limit.metric()));
        }
        Map<String, SliceFigures> theirs = champion.slices().stream().collect(Collectors.toMap(SliceFigures::name, Function.identity()));
        for (var slice : candidate.slices()) {
            var same = theirs.get(slice.name());
            if (limit.covers(slice.feature()) && same != null && slice.metrics().containsKey(limit.metric())) {
                loss(limit, slice.name(), slice.metrics().get(limit.metric()), same.metrics().get(limit.metric()));
            }
        }
    }

    private void loss(Limit limit, @Nullable String slice, @Nullable Double mine, @Nullable Double theirs) {
        for (var allowed : allowed(limit, theirs)) {
            boolean passed = mine != null && (theirs == null || Metrics.improvement(limit.metric(), mine, theirs) >= -allowed);
            findings.add(new Finding.Loss(limit.metric(), slice, mine, theirs, allowed, passed));
        }
    }

    private static List<Double> allowed(Limit limit, @Nullable Double champion) {
        var allowed = new ArrayList<Double>();
        if (limit.maximumLoss() != null) {
            allowed.add(limit.maximumLoss());
        }
        if (limit.maximumShare() != null) {
            allowed.add(champion == null ? 0 : limit.maximumShare() * Math.abs(champion));
        }
        return allowed;
    }
}

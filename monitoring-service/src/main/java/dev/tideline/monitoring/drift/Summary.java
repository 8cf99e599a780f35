package dev.tideline.monitoring.drift;

import dev.tideline.contracts.DriftEvent.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes verdicts over features into one over the window. */
record Summary(DriftProperties limits, long rows, List<FeatureVerdict> verdicts, WholeChecks whole, Background background) {

    WindowVerdict verdict() {
        if (rows < limits.minRows()) {
            return of(Status.INSUFFICIENT_DATA, null, rows + " rows (expected: at least " + limits.minRows() + " for a verdict)");
        }
        String fault = fault();
        if (!fault.isEmpty()) {
            return of(Status.WARNING, fault, "data-quality fault: " + fault);
        }
        List<FeatureVerdict> noticed = verdicts.stream().filter(verdict -> !verdict.findings().isEmpty()).toList();
        String moved = Stream.concat(noticed.isEmpty() ? Stream.of() : Stream.of(naming(noticed, " moved")), told())
                .collect(Collectors.joining("; "));
        if (moved.isEmpty()) {
            return of(Status.STABLE, null, "all " + verdicts.size() + " features as in " + background.against());
        }
        if (background.warmUp()) {
            return of(Status.WARNING, null, "skew between training and serving since the first prediction: " + moved);
        }
        List<FeatureVerdict> drifting = verdicts.stream().filter(FeatureVerdict.Drift.class::isInstance).toList();
        if (isDrift(drifting)) {
            return of(Status.DRIFT, null, naming(drifting, " drifted"));
        }
        if (whole.drifts() && rows >= limits.alertRows()) {
            return of(Status.DRIFT, null, told().collect(Collectors.joining("; ")));
        }
        return of(Status.WARNING, null, moved);
    }

    private String fault() {
        Stream<String> broken = verdicts.stream().filter(FeatureVerdict.Faulty.class::isInstance)
                .map(FeatureVerdict.Faulty.class::cast).map(FeatureVerdict.Faulty::fault);
        return Stream.concat(broken, whole.isBroken() ? told() : Stream.of()).collect(Collectors.joining("; "));
    }

    /** An output alone is enough, and so is one of the weightiest inputs when it moved far; else the weight of those that moved counts. */
    private boolean isDrift(List<FeatureVerdict> drifting) {
        double moved = 0;
        for (FeatureVerdict verdict : drifting) {
            if (DriftJudge.isOutput(verdict.name())
                    || verdict instanceof FeatureVerdict.Drift drift && drift.major() && background.isDecisive(drift.name())) {
                return true;
            }
            moved += background.weight(verdict.name());
        }
        double all = verdicts.stream().filter(verdict -> !DriftJudge.isOutput(verdict.name()))
                .mapToDouble(verdict -> background.weight(verdict.name())).sum();
        return moved > 0 && moved >= limits.share() * all;
    }

    private Stream<String> told() {
        return whole.findings().stream().map(Finding::text);
    }

    private WindowVerdict of(Status status, @Nullable String fault, String reason) {
        return new WindowVerdict(status, rows, verdicts, whole.figures(), whole.findings(), fault, reason);
    }

    private static String naming(List<FeatureVerdict> verdicts, String what) {
        FeatureVerdict worst = verdicts.stream().max(Comparator.comparingDouble(verdict -> verdict.figures().psi())).orElseThrow();
        return String.format(Locale.ROOT, "%d of the features%s, %s most (PSI %.3f)", verdicts.size(), what, worst.name(),
                worst.figures().psi());
    }
}

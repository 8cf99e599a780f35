package dev.tideline.monitoring.drift;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The two-key rule: a feature drifts when the difference is real (homogeneity and ordered test, Benjamini-Hochberg over all
 * features of the window) and large (debiased PSI); {@link QualityChecks} add what distributions do not show. A window drifts when
 * an output drifts or enough inputs do.
 */
@Component
public final class DriftJudge {

    private final DriftProperties limits;

    DriftJudge(DriftProperties limits) {
        this.limits = limits;
    }

    /** Pure: the same profiles give the same verdict. */
    public WindowVerdict judge(long rows, SortedMap<String, Profile> profiles) {
        List<Map.Entry<String, Profile>> ordered = profiles.entrySet().stream()
                .sorted(Comparator.comparing(entry -> isOutput(entry.getKey()))).toList();
        List<Figures> figures = Measurements.of(rows, ordered.stream().map(Map.Entry::getValue).toList());
        QualityChecks checks = new QualityChecks(ordered.size());
        List<FeatureVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            verdicts.add(verdict(ordered.get(i).getKey(), figures.get(i), checks.check(ordered.get(i).getValue())));
        }
        return summary(rows, verdicts);
    }

    private FeatureVerdict verdict(String name, Figures figures, List<Finding> checked) {
        if (figures.rows() < limits.minRows()) {
            return new FeatureVerdict.Insufficient(name, figures);
        }
        List<Finding> findings = new ArrayList<>(checked);
        Finding moved = distribution(figures);
        if (moved != null) {
            findings.add(moved);
        }
        if (findings.stream().anyMatch(finding -> finding.alert() && finding.kind().isFault())) {
            return new FeatureVerdict.Faulty(name, figures, findings);
        }
        boolean drifts = findings.stream().anyMatch(Finding::alert) && figures.rows() >= limits.alertRows();
        return drifts ? new FeatureVerdict.Drift(name, figures, findings, figures.psi() >= limits.major())
                : findings.isEmpty() ? new FeatureVerdict.Stable(name, figures)
                : new FeatureVerdict.Warning(name, figures, findings);
    }

    private @Nullable Finding distribution(Figures figures) {
        if (figures.adjustedP() > limits.falseDiscoveryRate() || figures.psi() < limits.warn()) {
            return null;
        }
        return new Finding(Finding.Kind.DISTRIBUTION, figures.psi() >= limits.alert(),
                String.format(Locale.ROOT, "PSI %.3f (expected: below %.2f)", figures.psi(), limits.warn()));
    }

    private WindowVerdict summary(long rows, List<FeatureVerdict> verdicts) {
        if (rows < limits.minRows()) {
            return new WindowVerdict(Status.INSUFFICIENT_DATA, rows, verdicts, null,
                    rows + " rows (expected: at least " + limits.minRows() + " for a verdict)");
        }
        String fault = verdicts.stream().filter(FeatureVerdict.Faulty.class::isInstance).map(FeatureVerdict.Faulty.class::cast)
                .map(FeatureVerdict.Faulty::fault).collect(Collectors.joining("; "));
        if (!fault.isEmpty()) {
            return new WindowVerdict(Status.WARNING, rows, verdicts, fault, "data-quality fault: " + fault);
        }
        List<FeatureVerdict> drifting = verdicts.stream().filter(FeatureVerdict.Drift.class::isInstance).toList();
        long inputs = verdicts.stream().filter(verdict -> !isOutput(verdict.name())).count();
        long driftingInputs = drifting.stream().filter(verdict -> !isOutput(verdict.name())).count();
        boolean output = driftingInputs < drifting.size();
        if (output || driftingInputs > 0 && driftingInputs >= limits.share() * inputs) {
            return new WindowVerdict(Status.DRIFT, rows, verdicts, null, naming(drifting, " drifted"));
        }
        List<FeatureVerdict> noticed = verdicts.stream().filter(verdict -> !verdict.findings().isEmpty()).toList();
        return noticed.isEmpty()
                ? new WindowVerdict(Status.STABLE, rows, verdicts, null, "all " + verdicts.size() + " features as in training")
                : new WindowVerdict(Status.WARNING, rows, verdicts, null, naming(noticed, " moved"));
    }

    private static String naming(List<FeatureVerdict> verdicts, String what) {
        FeatureVerdict worst = verdicts.stream().max(Comparator.comparingDouble(verdict -> verdict.figures().psi())).orElseThrow();
        return String.format(Locale.ROOT, "%d of the features%s, %s most (PSI %.3f)", verdicts.size(), what, worst.name(),
                worst.figures().psi());
    }

    private static boolean isOutput(String name) {
        return name.startsWith(RecordHeaders.OUTPUT_PREFIX);
    }
}

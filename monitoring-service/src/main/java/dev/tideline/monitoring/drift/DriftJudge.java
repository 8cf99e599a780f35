package dev.tideline.monitoring.drift;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Profile;
import dev.tideline.monitoring.profile.Calibration;
import dev.tideline.monitoring.profile.ProfileSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
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

    /** With the service's default limits. */
    public static DriftJudge withDefaults() {
        return new DriftJudge(DriftProperties.defaults());
    }

    /** Pure: the same profiles give the same verdict. */
    public WindowVerdict judge(ProfileSet window, Background background) {
        return judge(window.rows(), window.profiles(), WholeChecks.of(window, background), background);
    }

    WindowVerdict judge(long rows, SortedMap<String, Profile> profiles, WholeChecks whole, Background background) {
        List<Map.Entry<String, Profile>> ordered = profiles.entrySet().stream()
                .sorted(Comparator.comparing(entry -> isOutput(entry.getKey()))).toList();
        List<Figures> figures = Measurements.of(rows, ordered.stream().map(Map.Entry::getValue).toList());
        QualityChecks checks = new QualityChecks(ordered.size(), background.against());
        List<FeatureVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            verdicts.add(verdict(ordered.get(i).getKey(), figures.get(i), checks.check(ordered.get(i).getValue())));
        }
        return new Summary(limits, rows, verdicts, whole, background).verdict();
    }

    /**
     * What window {@code sequence} of a version of {@code model} is judged against.
     *
     * @param importance what training found; what the configuration says of the model comes first
     */
    public Background background(
            String model, long sequence, Map<String, Double> importance, List<ProfileSet> reference, @Nullable Calibration calibration) {
        return new Background(sequence <= limits.warmUpWindows(), limits.importance().getOrDefault(model, importance), reference, calibration);
    }

    /** Windows with fewer rows are not judged. */
    public int minRows() {
        return limits.minRows();
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

    static boolean isOutput(String name) {
        return name.startsWith(RecordHeaders.OUTPUT_PREFIX);
    }
}

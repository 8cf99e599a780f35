package dev.tideline.monitoring.drift;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.CategoricalProfile;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import org.springframework.stereotype.Component;

/**
 * The two-key rule: a feature drifts when the difference is real (homogeneity and ordered test, Benjamini-Hochberg over all
 * features of the window) and large (debiased PSI). A window drifts when an output drifts or enough inputs do.
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
        List<Cells> cells = ordered.stream().map(entry -> ProfileCells.of(entry.getValue()).mergeRare()).toList();
        double[] p = new double[cells.size()];
        Arrays.setAll(p, i -> p(ordered.get(i).getValue(), cells.get(i)));
        double[] adjusted = BenjaminiHochberg.adjust(p);
        List<FeatureVerdict> verdicts = new ArrayList<>();
        for (int i = 0; i < ordered.size(); i++) {
            Profile profile = ordered.get(i).getValue();
            verdicts.add(verdict(ordered.get(i).getKey(), rows, new Figures(
                    Divergence.debiasedPsi(cells.get(i)), Divergence.jensenShannon(cells.get(i)), p[i], adjusted[i], rows,
                    share(profile.missing(), profile.total()),
                    share(profile.baseline().missing(), profile.baseline().total()))));
        }
        return summary(rows, verdicts);
    }

    /** The smaller p-value of two tests, doubled for having had two chances; categories have no order, so only one there. */
    private static double p(Profile profile, Cells cells) {
        double homogeneity = Divergence.homogeneity(cells);
        return switch (profile) {
            case NumericProfile numeric -> Math.min(1, 2 * Math.min(homogeneity, OrderedTest.p(
                    new Cells(numeric.baseline().counts(), numeric.counts()))));
            case CategoricalProfile categorical -> homogeneity;
        };
    }

    private FeatureVerdict verdict(String name, long rows, Figures figures) {
        if (rows < limits.minRows()) {
            return new FeatureVerdict.Insufficient(name, figures);
        }
        if (figures.adjustedP() > limits.falseDiscoveryRate() || figures.psi() < limits.warn()) {
            return new FeatureVerdict.Stable(name, figures);
        }
        return figures.psi() >= limits.alert() && rows >= limits.alertRows()
                ? new FeatureVerdict.Drift(name, figures, figures.psi() >= limits.major())
                : new FeatureVerdict.Warning(name, figures);
    }

    private WindowVerdict summary(long rows, List<FeatureVerdict> verdicts) {
        if (rows < limits.minRows()) {
            return new WindowVerdict(Status.INSUFFICIENT_DATA, rows, verdicts,
                    rows + " rows (expected: at least " + limits.minRows() + " for a verdict)");
        }
        List<FeatureVerdict> drifting = verdicts.stream().filter(FeatureVerdict.Drift.class::isInstance).toList();
        long inputs = verdicts.stream().filter(verdict -> !isOutput(verdict.name())).count();
        long driftingInputs = drifting.stream().filter(verdict -> !isOutput(verdict.name())).count();
        boolean output = driftingInputs < drifting.size();
        if (output || driftingInputs > 0 && driftingInputs >= limits.share() * inputs) {
            return new WindowVerdict(Status.DRIFT, rows, verdicts, naming(drifting, " drifted"));
        }
        List<FeatureVerdict> noticed = verdicts.stream()
                .filter(verdict -> verdict instanceof FeatureVerdict.Warning || verdict instanceof FeatureVerdict.Drift).toList();
        return noticed.isEmpty()
                ? new WindowVerdict(Status.STABLE, rows, verdicts, "all " + verdicts.size() + " features as in training")
                : new WindowVerdict(Status.WARNING, rows, verdicts, naming(noticed, " moved"));
    }

    private static String naming(List<FeatureVerdict> verdicts, String what) {
        FeatureVerdict worst = verdicts.stream().max(Comparator.comparingDouble(verdict -> verdict.figures().psi())).orElseThrow();
        return String.format(Locale.ROOT, "%d of the features%s, %s most (PSI %.3f)", verdicts.size(), what, worst.name(),
                worst.figures().psi());
    }

    private static boolean isOutput(String name) {
        return name.startsWith(RecordHeaders.OUTPUT_PREFIX);
    }

    private static double share(long part, long rest) {
        return part + rest == 0 ? 0 : (double) part / (part + rest);
    }
}

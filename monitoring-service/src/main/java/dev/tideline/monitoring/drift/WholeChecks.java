package dev.tideline.monitoring.drift;

import dev.tideline.monitoring.profile.Calibration;
import dev.tideline.monitoring.profile.Confidence;
import dev.tideline.monitoring.profile.ProfileSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What no single feature shows: inputs that no longer depend on each other as they did, a model that has become less sure, predictions
 * made on another schema. Accuracy is estimated on the way.
 *
 * @param figures by the names that events and the HTTP API use
 */
record WholeChecks(Map<String, Double> figures, List<Finding> findings) {

    /** Two-sided chance of 0.001 with ten reference windows (Student's t with nine degrees of freedom). */
    private static final double JOINT_DEVIATIONS = 4.78;
    private static final double JOINT_WARN = 0.15;
    private static final double JOINT_ALERT = 0.30;
    private static final double CONFIDENCE_ERRORS = 3;
    private static final double CONFIDENCE_WARN = 0.02;
    private static final double CONFIDENCE_ALERT = 0.05;
    private static final double FOREIGN_ALERT = 0.001;
    private static final int MIN_CALIBRATION = 200;

    static WholeChecks of(ProfileSet window, Background background) {
        Map<String, Double> figures = new LinkedHashMap<>();
        List<Finding> findings = new ArrayList<>();
        schema(window, figures, findings);
        if (background.hasReference()) {
            joint(window, background, figures, findings);
            confidence(window.confidence(), background, figures, findings);
        }
        estimate(window.confidence(), background.calibration(), figures);
        return new WholeChecks(figures, findings);
    }

    private static void schema(ProfileSet window, Map<String, Double> figures, List<Finding> findings) {
        if (window.foreign() > 0) {
            double share = (double) window.foreign() / window.rows();
            figures.put("foreignSchema", share);
            findings.add(new Finding(Finding.Kind.SCHEMA, share >= FOREIGN_ALERT, String.format(Locale.ROOT,
                    "%.1f %% of the predictions were made on another schema (expected: the one of the model)", 100 * share)));
        }
    }

    private static void joint(ProfileSet window, Background background, Map<String, Double> figures, List<Finding> findings) {
        JointDrift joint = JointDrift.of(window.joint(), background.reference().stream().map(ProfileSet::joint).toList());
        if (joint == null) {
            return;
        }
        figures.put("jointError", joint.error());
        figures.put("jointExpected", joint.expected());
        figures.put("jointDeviations", joint.deviations());
        figures.put("jointChange", joint.change());
        if (Math.abs(joint.deviations()) >= JOINT_DEVIATIONS && joint.change() >= JOINT_WARN) {
            findings.add(new Finding(Finding.Kind.JOINT, joint.change() >= JOINT_ALERT, String.format(Locale.ROOT,
                    "inputs depend on each other in another way: %s correlate with %.2f (expected: %.2f, as in the first windows)",
                    joint.pair(), joint.now(), joint.before())));
        }
    }

    private static void confidence(Confidence now, Background background, Map<String, Double> figures, List<Finding> findings) {
        double before = 0;
        double count = 0;
        for (ProfileSet part : background.reference()) {
            before += part.confidence().mean() * part.confidence().count();
            count += part.confidence().count();
        }
        if (now.count() == 0 || count == 0) {
            return;
        }
        double change = now.mean() - before / count;
        double error = Math.sqrt(now.variance() * (1.0 / now.count() + 1.0 / count));
        figures.put("confidence", now.mean());
        figures.put("confidenceExpected", before / count);
        if (Math.abs(change) >= CONFIDENCE_WARN && Math.abs(change) >= CONFIDENCE_ERRORS * error) {
            findings.add(new Finding(Finding.Kind.CONFIDENCE, Math.abs(change) >= CONFIDENCE_ALERT, String.format(Locale.ROOT,
                    "mean confidence %.3f (expected: %.3f, as in the first windows)", now.mean(), before / count)));
        }
    }

    /** Marked by its name as an estimate, with the standard error that belongs to it. */
    private static void estimate(Confidence now, @Nullable Calibration calibration, Map<String, Double> figures) {
        if (calibration != null && calibration.count() >= MIN_CALIBRATION && now.count() > 0) {
            figures.put("estimatedAccuracy", calibration.accuracy(now));
            figures.put("estimatedAccuracyError", calibration.standardError(now));
        }
    }

    boolean isBroken() {
        return findings.stream().anyMatch(finding -> finding.alert() && finding.kind().isFault());
    }

    boolean drifts() {
        return findings.stream().anyMatch(finding -> finding.alert() && !finding.kind().isFault());
    }
}

package dev.tideline.monitoring.drift;

import dev.tideline.features.Baseline;
import dev.tideline.features.CategoricalProfile;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a comparison of distributions sees late or not at all: missing and unusable values, new categories, values outside the
 * trained range, one category among many. Each check wants a difference that is real and one that matters.
 */
final class QualityChecks {

    /** Chance of a false alarm of each check, over all features of a window together. */
    private static final double CHANCE = 0.001;
    private static final double MISSING_WARN = 0.02;
    private static final double MISSING_ALERT = 0.05;
    private static final double UNUSABLE_ALERT = 0.001;
    private static final double NOT_FINITE_ALERT = 0.05;
    private static final double RANGE_WARN = 0.005;
    private static final double RANGE_ALERT = 0.02;
    private static final double UNSEEN_ALERT = 0.01;
    private static final int MANY_CATEGORIES = 100;
    private static final double CATEGORY_WARN = 0.05;
    private static final double CATEGORY_ALERT = 0.10;

    private final double chance;
    private final String against;

    /**
     * @param features number of features that are checked together
     * @param against  where the baselines come from, for people
     */
    QualityChecks(int features, String against) {
        this.chance = CHANCE / Math.max(1, features);
        this.against = against;
    }

    List<Finding> check(Profile profile) {
        List<Finding> findings = new ArrayList<>();
        missing(profile, findings);
        unusable(profile, findings);
        switch (profile) {
            case NumericProfile numeric -> range(numeric, findings);
            case CategoricalProfile categorical -> {
                unseen(categorical, findings);
                category(categorical, findings);
            }
        }
        return findings;
    }

    /** Fewer missing values than in training are no fault; the distribution shows them. */
    private void missing(Profile profile, List<Finding> findings) {
        Baseline baseline = profile.baseline();
        long rows = profile.missing() + profile.total();
        long trained = baseline.missing() + baseline.total();
        double now = share(profile.missing(), rows);
        double before = share(baseline.missing(), trained);
        if (now - before >= MISSING_WARN && Tails.sameShare(profile.missing(), rows, baseline.missing(), trained) < chance) {
            findings.add(new Finding(Finding.Kind.MISSING, now - before >= MISSING_ALERT,
                    text("missing in %.1f %% of the rows (expected: %.1f %%, as in ", now, before) + against + ")"));
        }
    }

    private static void unusable(Profile profile, List<Finding> findings) {
        long values = profile.total() + profile.mistyped();
        double share = share(profile.mistyped(), values);
        if (profile.mistyped() > 0) {
            findings.add(new Finding(Finding.Kind.UNUSABLE, share >= UNUSABLE_ALERT,
                    text("of another type in %.2f %% of the values (expected: none)", share)));
        }
        // What is not finite may have been so in training, which keeps no count of it: only a flood is a fault.
        if (profile instanceof NumericProfile numeric) {
            double notFinite = share(numeric.nonFinite(), values + numeric.nonFinite());
            if (notFinite >= NOT_FINITE_ALERT) {
                findings.add(new Finding(Finding.Kind.UNUSABLE, true,
                        text("no finite number in %.1f %% of the values (expected: below %.0f %%)", notFinite, NOT_FINITE_ALERT)));
            }
        }
    }

    private void range(NumericProfile profile, List<Finding> findings) {
        long outside = profile.under() + profile.over();
        double share = share(outside, profile.total());
        Baseline.Numeric baseline = profile.baseline();
        // Of as many values as were trained on, about two of a like sample lie outside.
        double expected = 2.0 * profile.total() / (baseline.total() + 1);
        if (share >= RANGE_WARN && Tails.atLeast(outside, expected) < chance) {
            findings.add(new Finding(Finding.Kind.OUT_OF_RANGE, share >= RANGE_ALERT,
                    text("outside the trained range in %.1f %% of the values", share)
                            + String.format(Locale.ROOT, " (expected: %s to %s)", baseline.min(), baseline.max())));
        }
    }

    private void unseen(CategoricalProfile profile, List<Finding> findings) {
        Baseline.Categorical baseline = profile.baseline();
        double before = (double) (baseline.rest() + 1) / (baseline.total() + 1);
        double share = share(profile.unseen(), profile.total());
        if (Tails.atLeast(profile.unseen(), before * profile.total()) < chance) {
            findings.add(new Finding(Finding.Kind.UNSEEN, share - before >= UNSEEN_ALERT,
                    text("of no trained category in %.1f %% of the values (expected: %.1f %%)", share, before)
                            + ", such as " + profile.unseenValues().keySet().stream().limit(3).toList()));
        }
    }

    private void category(CategoricalProfile profile, List<Finding> findings) {
        Baseline.Categorical baseline = profile.baseline();
        int categories = baseline.values().size();
        if (categories <= MANY_CATEGORIES) {
            return;
        }
        for (int i = 0; i < categories; i++) {
            double change = share(profile.counts()[i], profile.total()) - share(baseline.counts()[i], baseline.total());
            if (Math.abs(change) >= CATEGORY_WARN && Tails.sameShare(profile.counts()[i], profile.total(),
                    baseline.counts()[i], baseline.total()) < chance / categories) {
                findings.add(new Finding(Finding.Kind.CATEGORY, Math.abs(change) >= CATEGORY_ALERT,
                        "category " + baseline.values().get(i) + text(": share changed by %.1f points (expected: below %.0f)", change, CATEGORY_WARN)));
            }
        }
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static String text(String format, double... shares) {
        Object[] percent = new Object[shares.length];
        for (int i = 0; i < shares.length; i++) {
            percent[i] = 100 * shares[i];
        }
        return String.format(Locale.ROOT, format, percent);
    }
}

package dev.tideline.monitoring.drift;

import dev.tideline.features.CategoricalProfile;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import java.util.Arrays;
import java.util.List;

/** Measures all profiles of a window; the correction for many features needs them together. */
final class Measurements {

    private Measurements() {}

    /** Figures in the order of {@code profiles}. */
    static List<Figures> of(long rows, List<Profile> profiles) {
        List<Cells> cells = profiles.stream().map(profile -> ProfileCells.of(profile).mergeRare()).toList();
        double[] p = new double[cells.size()];
        Arrays.setAll(p, i -> p(profiles.get(i), cells.get(i)));
        double[] adjusted = BenjaminiHochberg.adjust(p);
        Figures[] figures = new Figures[cells.size()];
        Arrays.setAll(figures, i -> figures(rows, profiles.get(i), cells.get(i), p[i], adjusted[i]));
        return List.of(figures);
    }

    private static Figures figures(long rows, Profile profile, Cells cells, double p, double adjustedP) {
        long notFinite = profile instanceof NumericProfile numeric ? numeric.nonFinite() : 0;
        long outside = switch (profile) {
            case NumericProfile numeric -> numeric.under() + numeric.over();
            case CategoricalProfile categorical -> categorical.unseen();
        };
        return new Figures(Divergence.debiasedPsi(cells), Divergence.jensenShannon(cells), Divergence.hellinger(cells),
                profile instanceof NumericProfile numbers ? Shape.of(numbers) : Shape.NONE, p, adjustedP, rows,
                share(profile.missing(), profile.missing() + profile.total()),
                share(profile.baseline().missing(), profile.baseline().missing() + profile.baseline().total()),
                share(outside, profile.total()),
                share(profile.mistyped() + notFinite, profile.total() + profile.mistyped() + notFinite),
                Divergence.largestChange(cells));
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

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}

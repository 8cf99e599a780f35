package dev.tideline.monitoring.drift;

import dev.tideline.features.CategoricalProfile;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import java.util.Arrays;

/** Lays a profile and its baseline side by side. Absent and unusable values have cells of their own, so they count as change. */
final class ProfileCells {

    private static final int EXTRA = 3;

    private ProfileCells() {}

    static Cells of(Profile profile) {
        int bins = profile.counts().length;
        long[] baseline = Arrays.copyOf(profile.baseline().counts(), bins + EXTRA);
        long[] window = Arrays.copyOf(profile.counts(), bins + EXTRA);
        baseline[bins] = profile.baseline().missing();
        window[bins] = profile.missing();
        switch (profile) {
            case NumericProfile numeric -> window[bins + 1] = numeric.nonFinite();
            case CategoricalProfile categorical -> {
                baseline[bins + 1] = categorical.baseline().rest();
                window[bins + 1] = categorical.unseen();
            }
        }
        window[bins + 2] = profile.mistyped();
        return new Cells(baseline, window);
    }
}

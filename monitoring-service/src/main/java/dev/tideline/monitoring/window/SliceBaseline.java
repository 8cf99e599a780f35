package dev.tideline.monitoring.window;

import dev.tideline.features.Baseline;
import dev.tideline.features.CategoricalProfile;
import dev.tideline.features.NumericProfile;
import dev.tideline.features.Profile;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What windows of a slice are compared with: its own first ones, on the bins of the version. A part of the traffic differs from all training
 * data by the feature that makes it a part and by all that goes with it; that is no drift.
 */
final class SliceBaseline {

    private SliceBaseline() {}

    /**
     * {@code window} with the counts of {@code first} in place of those of the training data; trained ranges and categories stay.
     *
     * @param first windows on {@code bins}; when empty, the window is itself the first one
     */
    static ProfileSet on(List<ProfileSet> first, ProfileSet window, SortedMap<String, Baseline> bins) {
        ProfileSet reference = new ProfileSet(bins);
        (first.isEmpty() ? List.of(window) : first).forEach(reference::merge);
        TreeMap<String, Baseline> own = new TreeMap<>();
        reference.profiles().forEach((name, profile) -> own.put(name, of(profile)));
        return ProfileSetCodec.read(ProfileSetCodec.write(window), own);
    }

    private static Baseline of(Profile profile) {
        return switch (profile) {
            case NumericProfile numeric -> {
                Baseline.Numeric trained = numeric.baseline();
                yield new Baseline.Numeric(trained.edges(), numeric.counts(), numeric.missing(), trained.min(), trained.max(),
                        numeric.total() == 0 ? trained.mean() : numeric.mean(), trained.deviation());
            }
            case CategoricalProfile categorical -> new Baseline.Categorical(
                    categorical.baseline().values(), categorical.counts(), categorical.unseen(), categorical.missing());
        };
    }
}

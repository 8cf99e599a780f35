package dev.tideline.monitoring.drift;

import dev.tideline.monitoring.profile.Calibration;
import dev.tideline.monitoring.profile.ProfileSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a window is judged against beside the training data.
 *
 * @param warmUp      whether the version is new: what differs now differed from the first prediction on, so it is no drift but a skew
 *                    between training and serving
 * @param importance  weights of inputs; one that is not named weighs 1 when nothing is named, else 0
 * @param reference   the first judged windows of the version; with fewer than {@value #REFERENCE_WINDOWS} nothing is said of joint drift
 *                    and of confidence
 * @param calibration what labels say of the model's confidence; null before there are enough
 * @param against     where the baselines come from, for people: "training"
 */
public record Background(
        boolean warmUp, Map<String, Double> importance, List<ProfileSet> reference, @Nullable Calibration calibration, String against) {

    public static final int REFERENCE_WINDOWS = 10;

    public Background {
        importance = Map.copyOf(importance);
        reference = List.copyOf(reference);
    }

    Background(boolean warmUp, Map<String, Double> importance, List<ProfileSet> reference, @Nullable Calibration calibration) {
        this(warmUp, importance, reference, calibration, "training");
    }

    /** For a slice, which is compared with its own first windows. */
    public Background ofSlice() {
        return new Background(false, importance, reference, calibration, "the slice's first windows");
    }

    public static Background none() {
        return new Background(false, Map.of(), List.of(), null);
    }

    boolean hasReference() {
        return reference.size() >= REFERENCE_WINDOWS;
    }

    double weight(String input) {
        return importance.isEmpty() ? 1 : importance.getOrDefault(input, 0.0);
    }

    /** Whether {@code input} is one of the three that weigh most; false when no weights are known. */
    boolean isDecisive(String input) {
        double weight = importance.getOrDefault(input, 0.0);
        return weight > 0 && importance.values().stream().filter(other -> other > weight).count() < 3;
    }
}

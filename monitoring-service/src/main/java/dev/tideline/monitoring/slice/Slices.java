package dev.tideline.monitoring.slice;

import dev.tideline.features.Baseline;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Names slices as {@code feature=value}. Only frequent values of the training data make slices, so that their number is bounded
 * whatever comes.
 */
@Component
public final class Slices {

    private static final String ANY_MODEL = "*";

    private final SliceProperties properties;

    Slices(SliceProperties properties) {
        this.properties = properties;
    }

    /** No slices of any model. */
    public static Slices none() {
        return new Slices(new SliceProperties(Map.of(), 1));
    }

    /** The slices of one prediction of {@code model}; a feature that is absent, numeric or unknown makes none, nor does text with U+0000. */
    public List<String> of(String model, Example prediction, Map<String, Baseline> baselines) {
        List<String> features = features(model);
        if (features.isEmpty()) {
            return List.of();
        }
        List<String> slices = new ArrayList<>(features.size());
        for (String feature : features) {
            String value = text(prediction.feature(feature));
            // Slices are keys in PostgreSQL, whose text has no U+0000.
            if (value != null && value.indexOf('\0') < 0 && baselines.get(feature) instanceof Baseline.Categorical categorical) {
                int place = categorical.values().indexOf(value);
                if (place >= 0 && place < properties.values()) {
                    slices.add(feature + "=" + value);
                }
            }
        }
        return slices;
    }

    private List<String> features(String model) {
        List<String> own = properties.features().get(model);
        return own != null ? own : properties.features().getOrDefault(ANY_MODEL, List.of());
    }

    private static @Nullable String text(@Nullable Feature feature) {
        return switch (feature) {
            case Feature.Bytes bytes when bytes.size() == 1 -> bytes.text(0);
            case Feature.Longs longs when longs.size() == 1 -> Long.toString(longs.values()[0]);
            case null, default -> null;
        };
    }
}

package dev.tideline.training.input;

import dev.tideline.features.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A raw feature as it is parsed from records and named in the signature.
 *
 * @param width        values per record; 1 for a scalar
 * @param scalar       whether the signature's shape is {@code [batch]} rather than {@code [batch, width]}
 * @param defaultValue taken when a record lacks the feature: Double, Long or String by kind; null: records must have it
 */
public record Column(String name, Kind kind, int width, boolean scalar, @Nullable Object defaultValue) {

    public static Column scalar(String name, Kind kind, @Nullable Object defaultValue) {
        return new Column(name, kind, 1, true, defaultValue);
    }
}

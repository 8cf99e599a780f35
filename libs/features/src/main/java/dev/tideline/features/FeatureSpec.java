package dev.tideline.features;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One feature of a record.
 *
 * @param shape        sizes of the dimensions; empty for a scalar
 * @param required     whether a record without the feature is invalid
 * @param defaultValue taken when the feature is absent: a {@link Double}, {@link Long} or {@link String} by kind; scalars only
 */
public record FeatureSpec(
        String name, Kind kind, List<Integer> shape, boolean required, @Nullable Domain domain, @Nullable Object defaultValue) {

    public FeatureSpec {
        shape = List.copyOf(shape);
    }

    /** A required scalar without a domain. */
    public static FeatureSpec scalar(String name, Kind kind) {
        return new FeatureSpec(name, kind, List.of(), true, null, null);
    }

    /** Number of values: the product of the shape, 1 for a scalar. */
    public int size() {
        int size = 1;
        for (int dimension : shape) {
            size *= dimension;
        }
        return size;
    }
}

package dev.tideline.training.input;

import java.util.List;

/** The label column and how it is taught. */
public sealed interface FrozenTarget {

    Column column();

    /** Classes in order, as text; for two classes the second is the positive one. */
    record Classes(Column column, List<String> classes) implements FrozenTarget {
        public Classes {
            classes = List.copyOf(classes);
        }
    }

    /** A number, taught as {@code (y - mean) / deviation}. */
    record Number(Column column, double mean, double deviation) implements FrozenTarget {}
}

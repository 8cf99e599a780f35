package dev.tideline.training.input;

import java.util.Collections;
import java.util.List;

/** The label column and how it is taught. */
public sealed interface FrozenTarget {

    Column column();

    /**
     * Classes in order, as text; for two classes the second is the positive one.
     *
     * @param weights what an example of each class weighs in the loss
     */
    record Classes(Column column, List<String> classes, List<Double> weights) implements FrozenTarget {
        public Classes {
            classes = List.copyOf(classes);
            weights = List.copyOf(weights);
        }

        public Classes(Column column, List<String> classes) {
            this(column, classes, Collections.nCopies(classes.size(), 1.0));
        }
    }

    /**
     * Several yes-or-no labels in one column, 1 for yes.
     *
     * @param weights what a yes of each label weighs in the loss; a no weighs 1
     */
    record Flags(Column column, List<String> labels, List<Double> weights) implements FrozenTarget {
        public Flags {
            labels = List.copyOf(labels);
            weights = List.copyOf(weights);
        }
    }

    /** A number, taught as {@code (y - mean) / deviation}. */
    record Number(Column column, double mean, double deviation) implements FrozenTarget {}
}

package dev.tideline.features;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values that a feature may take. */
public sealed interface Domain {

    /** Inclusive bounds of a number; a missing bound is open. */
    record Range(@Nullable Double min, @Nullable Double max) implements Domain {

        public boolean contains(double value) {
            return (min == null || value >= min) && (max == null || value <= max);
        }

        @Override
        public String toString() {
            return "from " + (min == null ? "-∞" : min) + " to " + (max == null ? "∞" : max);
        }
    }

    /** Allowed values of a text or an integer, in the form of their text. */
    record Values(List<String> values) implements Domain {

        private static final int SHOWN = 10;

        public Values {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            String shown = String.join(", ", values.subList(0, Math.min(SHOWN, values.size())));
            return "one of " + shown + (values.size() > SHOWN ? ", … (" + values.size() + " values)" : "");
        }
    }
}

package dev.tideline.features;

import dev.tideline.contracts.Problem;
import dev.tideline.tfrecord.Example;
import java.util.List;

/** What became of a record. */
public sealed interface Conversion {

    /** It fits the schema. */
    record Converted(Example example) implements Conversion {}

    /** It breaks the schema in these ways. */
    record Invalid(List<Problem> problems) implements Conversion {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}

package dev.tideline.features;

import dev.tideline.contracts.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A schema that cannot be, with everything that is wrong with it. */
public final class InvalidSchemaException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidSchemaException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}

package dev.tideline.training.model;

import dev.tideline.contracts.Problem;
import java.util.List;

/** A definition with everything that is wrong with it. */
public final class InvalidDefinitionException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public InvalidDefinitionException(List<Problem> problems) {
        super("model definition: " + problems.size() + (problems.size() == 1 ? " problem: " : " problems: ") + problems);
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}

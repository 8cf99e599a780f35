package dev.tideline.training.input;

/** Data that nothing can be learnt from. The message names the feature, what was found and what is needed. */
public final class UntrainableDataException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UntrainableDataException(String message) {
        super(message);
    }
}

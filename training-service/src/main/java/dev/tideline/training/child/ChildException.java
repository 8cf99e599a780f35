package dev.tideline.training.child;

final class ChildException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final ChildFailure code;

    ChildException(ChildFailure code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    ChildException(ChildFailure code, String message) {
        super(message);
        this.code = code;
    }

    ChildFailure code() {
        return code;
    }
}

package dev.tideline.inference.status;

import org.jspecify.annotations.Nullable;

/** A request or a load failed; the message is meant for the client. Carries no stack trace: a refused request has to stay cheap. */
public final class StatusException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final StatusCode code;

    public StatusException(StatusCode code, String message) {
        this(code, message, null);
    }

    public StatusException(StatusCode code, String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
        this.code = code;
    }

    public static StatusException invalid(String message) {
        return new StatusException(StatusCode.INVALID_ARGUMENT, message);
    }

    public static StatusException notFound(String message) {
        return new StatusException(StatusCode.NOT_FOUND, message);
    }

    public StatusCode code() {
        return code;
    }

    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}

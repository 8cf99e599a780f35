package dev.tideline.inference.servable;

import dev.tideline.inference.status.StatusCode;
import org.jspecify.annotations.Nullable;

/** A version could not be loaded. */
public final class LoadFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final StatusCode code;
    private final boolean retriable;

    private LoadFailedException(StatusCode code, boolean retriable, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retriable = retriable;
    }

    /** The version itself is at fault: another attempt would end alike. */
    public static LoadFailedException broken(StatusCode code, String message) {
        return new LoadFailedException(code, false, message, null);
    }

    /** The surroundings are at fault, such as a slow disk. */
    public static LoadFailedException transientFailure(StatusCode code, String message, @Nullable Throwable cause) {
        return new LoadFailedException(code, true, message, cause);
    }

    public StatusCode code() {
        return code;
    }

    public boolean retriable() {
        return retriable;
    }

    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}

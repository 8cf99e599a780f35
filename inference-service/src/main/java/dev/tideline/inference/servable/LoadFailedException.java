package dev.tideline.inference.servable;

import dev.tideline.inference.status.StatusCode;
import org.jspecify.annotations.Nullable;

/** A version could not be loaded. */
public final class LoadFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Whether another attempt is worth it. */
    enum Again { NEVER, A_FEW_TIMES, UNTIL_IT_WORKS }

    private final StatusCode code;
    private final Again again;

    private LoadFailedException(StatusCode code, Again again, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.again = again;
    }

    /** The version itself is at fault: another attempt would end alike. */
    public static LoadFailedException broken(StatusCode code, String message) {
        return new LoadFailedException(code, Again.NEVER, message, null);
    }

    /** The surroundings are at fault, such as a slow disk. */
    public static LoadFailedException transientFailure(StatusCode code, String message, @Nullable Throwable cause) {
        return new LoadFailedException(code, Again.A_FEW_TIMES, message, cause);
    }

    /** What holds the files does not answer; nothing is known against the version. */
    public static LoadFailedException away(StatusCode code, String message, Throwable cause) {
        return new LoadFailedException(code, Again.UNTIL_IT_WORKS, message, cause);
    }

    public StatusCode code() {
        return code;
    }

    Again again() {
        return again;
    }

    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}

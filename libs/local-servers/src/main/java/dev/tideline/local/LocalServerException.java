package dev.tideline.local;

import org.jspecify.annotations.Nullable;

/** A local server did not start; the message says which and why in one line. */
public final class LocalServerException extends RuntimeException {

    LocalServerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

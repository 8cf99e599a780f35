package dev.tideline.platform.stack;

import org.jspecify.annotations.Nullable;

/** The platform cannot start or go on; the message is what the person at the terminal reads. */
public final class LaunchException extends RuntimeException {

    public LaunchException(String message) {
        this(message, null);
    }

    public LaunchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

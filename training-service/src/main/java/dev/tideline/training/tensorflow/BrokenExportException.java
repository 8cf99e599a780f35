package dev.tideline.training.tensorflow;

import org.jspecify.annotations.Nullable;

/** An exported model does not answer as the trained one does. */
public final class BrokenExportException extends RuntimeException {

    private static final long serialVersionUID = 1;

    BrokenExportException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

package dev.tideline.storage;

import java.io.IOException;

/** The storage did not answer, or refused; the same call may succeed later. */
public final class StorageUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean passing;

    /** @param passing whether it may pass by itself, other than a refusal, which somebody has to mend */
    public StorageUnavailableException(String message, boolean passing, Throwable cause) {
        super(message, cause);
        this.passing = passing;
    }

    /** Whether it may pass by itself: no connection, no answer in time, or an answer that says to come back. */
    public boolean passing() {
        return passing;
    }
}

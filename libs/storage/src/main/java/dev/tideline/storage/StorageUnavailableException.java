package dev.tideline.storage;

import java.io.IOException;

/** The storage did not answer, or refused; the same call may succeed later. */
public final class StorageUnavailableException extends IOException {

    private static final long serialVersionUID = 1L;

    public StorageUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

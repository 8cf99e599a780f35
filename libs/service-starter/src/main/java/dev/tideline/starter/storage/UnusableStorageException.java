package dev.tideline.starter.storage;

import org.jspecify.annotations.Nullable;

/** The storage root cannot be used. */
final class UnusableStorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableStorageException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}

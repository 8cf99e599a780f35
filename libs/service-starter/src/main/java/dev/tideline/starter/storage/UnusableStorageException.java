package dev.tideline.starter.storage;

import java.nio.file.Path;

/** The storage root cannot be used. */
final class UnusableStorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableStorageException(Path root, String why, Throwable cause) {
        super("tideline.storage.root: " + root + " (expected: a folder that this process can write): " + why, cause);
    }
}

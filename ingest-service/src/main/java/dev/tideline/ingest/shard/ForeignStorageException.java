package dev.tideline.ingest.shard;

import java.nio.file.Path;

/** The storage root and the database do not belong together. */
final class ForeignStorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignStorageException(Path root, String found, String expected) {
        super("tideline.storage.root: " + root + " has " + found + " (expected: " + expected + ")");
    }
}

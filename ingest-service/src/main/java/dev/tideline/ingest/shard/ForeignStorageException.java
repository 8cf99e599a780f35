package dev.tideline.ingest.shard;

/** The storage root and the database do not belong together. */
final class ForeignStorageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignStorageException(String root, String found, String expected) {
        super("tideline.storage.root: " + root + " has " + found + " (expected: " + expected + ")");
    }
}

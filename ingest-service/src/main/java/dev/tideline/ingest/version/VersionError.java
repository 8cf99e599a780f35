package dev.tideline.ingest.version;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a dataset version. */
enum VersionError implements ErrorCode {

    INVALID_WINDOW(400),
    INVALID_PIN(400),
    UNKNOWN_PIN(404),
    UNKNOWN_VERSION(404),
    UNKNOWN_COMPRESSION(400),
    UNKNOWN_FILE(404),
    /** The version's content was given up to retention. */
    RETIRED_VERSION(410),
    /** The window covers no committed record. */
    NO_RECORDS(409),
    /** The request id was used for another window. */
    REQUEST_ID_REUSED(409),
    /** A committed file is missing or corrupt. */
    UNREADABLE_SHARD(500);

    private final int status;

    VersionError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

package dev.tideline.ingest.version;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a dataset version. */
enum VersionError implements ErrorCode {

    INVALID_WINDOW(Category.CALLER, 400),
    INVALID_PIN(Category.CALLER, 400),
    UNKNOWN_PIN(Category.CALLER, 404),
    UNKNOWN_VERSION(Category.CALLER, 404),
    UNKNOWN_COMPRESSION(Category.CALLER, 400),
    UNKNOWN_FILE(Category.CALLER, 404),
    /** The version's content was given up to retention. */
    RETIRED_VERSION(Category.CALLER, 410),
    /** The window covers no committed record. */
    NO_RECORDS(Category.CALLER, 409),
    /** The request id was used for another window. */
    REQUEST_ID_REUSED(Category.CALLER, 409),
    /** A committed file is missing or corrupt. */
    UNREADABLE_SHARD(Category.INTERNAL, 500);

    private final Category category;
    private final int status;

    VersionError(Category category, int status) {
        this.category = category;
        this.status = status;
    }

    @Override
    public Category category() {
        return category;
    }

    @Override
    public int status() {
        return status;
    }
}

package dev.tideline.ingest.retention;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a retention policy. */
enum RetentionError implements ErrorCode {

    INVALID_RETENTION;

    @Override
    public int status() {
        return 400;
    }
}

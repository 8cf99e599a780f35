package dev.tideline.monitoring.archive;

import dev.tideline.starter.error.ErrorCode;

enum ArchiveError implements ErrorCode {

    /** The rule contradicts itself or the dataset's schema; every problem is listed. */
    INVALID_ARCHIVE_RULE;

    @Override
    public int status() {
        return 400;
    }
}

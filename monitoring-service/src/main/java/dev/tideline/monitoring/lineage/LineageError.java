package dev.tideline.monitoring.lineage;

import dev.tideline.starter.error.ErrorCode;

enum LineageError implements ErrorCode {

    /** No manifest of such a version was ever seen. */
    UNKNOWN_ORIGIN;

    @Override
    public int status() {
        return 404;
    }
}

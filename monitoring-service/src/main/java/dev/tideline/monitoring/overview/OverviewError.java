package dev.tideline.monitoring.overview;

import dev.tideline.starter.error.ErrorCode;

enum OverviewError implements ErrorCode {

    /** Nothing is known of a model of that name. */
    UNKNOWN_MODEL;

    @Override
    public int status() {
        return 404;
    }
}

package dev.tideline.ingest.dataset;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a dataset itself. */
enum DatasetError implements ErrorCode {

    INVALID_DATASET(400),
    INVALID_SAMPLE(400),
    UNKNOWN_DATASET(404),
    UNKNOWN_SCHEMA(404),
    /** The dataset exists, and what it is to become does not fit what it is. */
    SCHEMA_CONFLICT(409),
    /** The dataset's topic is gone or was made anew: its offsets no longer mean what the database thinks. */
    TOPIC_REPLACED(409);

    private final int status;

    DatasetError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

package dev.tideline.training.dataset;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong between training and its data. */
public enum DatasetError implements ErrorCode {

    UNKNOWN_DATASET(404),
    /** The window covers no record. */
    NO_RECORDS(409),
    /** ingest-service refused for another reason, which the message carries. */
    DATASET_REFUSED(409),
    /** The manifest or schema in the storage is not the one that was sealed. */
    WRONG_FINGERPRINT(500),
    /** ingest-service does not answer, or failed itself. */
    INGEST_UNAVAILABLE(503);

    private final int status;

    DatasetError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

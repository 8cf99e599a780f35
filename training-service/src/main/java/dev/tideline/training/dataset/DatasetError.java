package dev.tideline.training.dataset;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong between training and its data. */
public enum DatasetError implements ErrorCode {

    UNKNOWN_DATASET(Category.CALLER, 404),
    /** The window covers no record. */
    NO_RECORDS(Category.CALLER, 409),
    /** ingest-service refused for another reason, which the message carries. */
    DATASET_REFUSED(Category.CALLER, 409),
    /** The manifest or schema in the storage is not the one that was sealed. */
    WRONG_FINGERPRINT(Category.INTERNAL, 500),
    /** ingest-service does not answer, or failed itself. */
    INGEST_UNAVAILABLE(Category.UNAVAILABLE, 503);

    private final Category category;
    private final int status;

    DatasetError(Category category, int status) {
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

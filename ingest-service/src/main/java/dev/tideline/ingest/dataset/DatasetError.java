package dev.tideline.ingest.dataset;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a dataset itself. */
enum DatasetError implements ErrorCode {

    INVALID_DATASET(Category.CALLER, 400),
    INVALID_SAMPLE(Category.CALLER, 400),
    UNKNOWN_DATASET(Category.CALLER, 404),
    UNKNOWN_SCHEMA(Category.CALLER, 404),
    /** The dataset exists, and what it is to become does not fit what it is. */
    SCHEMA_CONFLICT(Category.CALLER, 409),
    /** The dataset's topic is gone or was made anew: its offsets no longer mean what the database thinks. */
    TOPIC_REPLACED(Category.CALLER, 409);

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

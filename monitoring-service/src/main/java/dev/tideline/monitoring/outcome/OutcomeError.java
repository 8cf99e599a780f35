package dev.tideline.monitoring.outcome;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

enum OutcomeError implements ErrorCode {

    /** No outcome of the request was taken; every problem is listed. */
    INVALID_OUTCOMES(Category.CALLER, 400),
    /** More outcomes in one request than are allowed. */
    TOO_MANY_OUTCOMES(Category.CALLER, 413),
    /** Kafka did not acknowledge all outcomes; send the request again, repeated labels do no harm. */
    OUTCOMES_NOT_STORED(Category.UNAVAILABLE, 503);

    private final Category category;
    private final int status;

    OutcomeError(Category category, int status) {
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

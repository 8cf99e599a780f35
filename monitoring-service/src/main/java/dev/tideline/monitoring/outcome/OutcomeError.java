package dev.tideline.monitoring.outcome;

import dev.tideline.starter.error.ErrorCode;

enum OutcomeError implements ErrorCode {

    /** No outcome of the request was taken; every problem is listed. */
    INVALID_OUTCOMES(400),
    /** More outcomes in one request than are allowed. */
    TOO_MANY_OUTCOMES(413),
    /** Kafka did not acknowledge all outcomes; send the request again, repeated labels do no harm. */
    OUTCOMES_NOT_STORED(503);

    private final int status;

    OutcomeError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

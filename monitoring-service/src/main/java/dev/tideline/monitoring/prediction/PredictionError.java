package dev.tideline.monitoring.prediction;

import dev.tideline.starter.error.ErrorCode;

enum PredictionError implements ErrorCode {

    /** No prediction of that id is remembered: never made, not recorded yet, outside of the share, or forgotten. */
    UNKNOWN_PREDICTION(404),
    /** The prediction was made, but Kafka does not keep its content any more. */
    EXPIRED_PREDICTION(410);

    private final int status;

    PredictionError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

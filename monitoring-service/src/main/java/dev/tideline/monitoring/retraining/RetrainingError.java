package dev.tideline.monitoring.retraining;

import dev.tideline.starter.error.ErrorCode;

enum RetrainingError implements ErrorCode {

    /** The policy contradicts itself or has fields that are not known; every problem is listed. */
    INVALID_POLICY(400),
    /** The model's name is not a name. */
    INVALID_MODEL(400),
    /** A name or a reason is too long or has control characters. */
    INVALID_WORDS(400),
    /** A training is under way; only one runs at a time. */
    TRAINING_RUNNING(409),
    /** There is no proposed training to approve or refuse. */
    NOTHING_PROPOSED(409);

    private final int status;

    RetrainingError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

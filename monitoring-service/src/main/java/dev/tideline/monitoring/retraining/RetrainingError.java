package dev.tideline.monitoring.retraining;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

enum RetrainingError implements ErrorCode {

    /** The policy contradicts itself or has fields that are not known; every problem is listed. */
    INVALID_POLICY(Category.CALLER, 400),
    /** The model's name is not a name. */
    INVALID_MODEL(Category.CALLER, 400),
    /** A training is under way; only one runs at a time. */
    TRAINING_RUNNING(Category.CALLER, 409),
    /** There is no proposed training to approve or refuse. */
    NOTHING_PROPOSED(Category.CALLER, 409);

    private final Category category;
    private final int status;

    RetrainingError(Category category, int status) {
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

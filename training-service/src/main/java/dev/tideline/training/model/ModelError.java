package dev.tideline.training.model;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a model's definition. */
enum ModelError implements ErrorCode {

    INVALID_DEFINITION(400),
    UNKNOWN_MODEL(404);

    private final int status;

    ModelError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

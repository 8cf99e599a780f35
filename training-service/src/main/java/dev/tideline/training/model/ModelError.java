package dev.tideline.training.model;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a model's definition. */
enum ModelError implements ErrorCode {

    INVALID_DEFINITION(Category.CALLER, 400),
    UNKNOWN_MODEL(Category.CALLER, 404);

    private final Category category;
    private final int status;

    ModelError(Category category, int status) {
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

package dev.tideline.training.registry;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with versions of a model. */
enum RegistryError implements ErrorCode {

    UNKNOWN_VERSION(Category.CALLER, 404),
    /** There is no earlier champion to go back to. */
    NOTHING_TO_ROLL_BACK(Category.CALLER, 409),
    /** The version's folder is gone or damaged. */
    VERSION_NOT_IN_STORE(Category.CALLER, 409);

    private final Category category;
    private final int status;

    RegistryError(Category category, int status) {
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

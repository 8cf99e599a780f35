package dev.tideline.training.registry;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with versions of a model. */
enum RegistryError implements ErrorCode {

    UNKNOWN_VERSION(Category.CALLER, 404),
    /** There is no earlier champion to go back to. */
    NOTHING_TO_ROLL_BACK(Category.CALLER, 409),
    /** The version's folder is gone or damaged. */
    VERSION_NOT_IN_STORE(Category.CALLER, 409),
    /** An alias points to the version, or it is the champion's way back. */
    VERSION_IN_USE(Category.CALLER, 409),
    /** Not a name for an alias, or {@code champion}, which is moved by promoting. */
    INVALID_ALIAS(Category.CALLER, 400),
    UNKNOWN_ALIAS(Category.CALLER, 404);

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

package dev.tideline.inference.configuration;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** Failures of configuration calls. */
enum ConfigurationError implements ErrorCode {

    /** The configuration cannot be read or contradicts itself; what holds stays. */
    INVALID_CONFIGURATION(Category.CALLER, 400);

    private final Category category;
    private final int status;

    ConfigurationError(Category category, int status) {
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

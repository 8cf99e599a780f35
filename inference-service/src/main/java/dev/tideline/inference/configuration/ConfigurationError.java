package dev.tideline.inference.configuration;

import dev.tideline.starter.error.ErrorCode;

/** Failures of configuration calls. */
enum ConfigurationError implements ErrorCode {

    /** The configuration cannot be read or contradicts itself; what holds stays. */
    INVALID_CONFIGURATION(400);

    private final int status;

    ConfigurationError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

package dev.tideline.training.registry;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with versions of a model. */
enum RegistryError implements ErrorCode {

    UNKNOWN_VERSION(404),
    /** There is no earlier champion to go back to. */
    NOTHING_TO_ROLL_BACK(409),
    /** The version's folder is gone or damaged. */
    VERSION_NOT_IN_STORE(409),
    /** An alias points to the version, or it is the champion's way back. */
    VERSION_IN_USE(409),
    /** Not a name for an alias, or {@code champion}, which is moved by promoting. */
    INVALID_ALIAS(400),
    UNKNOWN_ALIAS(404),
    /** Nobody knows whether the version's files are there. */
    STORAGE_UNAVAILABLE(503);

    private final int status;

    RegistryError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

package dev.tideline.ingest.sealing;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a sealing rule. */
enum SealingError implements ErrorCode {

    INVALID_SEALING(400),
    /** The dataset has no sealing rule. */
    NO_SEALING(404);

    private final int status;

    SealingError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

package dev.tideline.ingest.intake;

import dev.tideline.starter.error.Category;
import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a request as a whole; single records are rejected one by one. */
enum IntakeError implements ErrorCode {

    /** The array ends or breaks in the middle: records before that point were taken. */
    MALFORMED_ARRAY(400),
    UNSUPPORTED_MEDIA_TYPE(415);

    private final int status;

    IntakeError(int status) {
        this.status = status;
    }

    @Override
    public Category category() {
        return Category.CALLER;
    }

    @Override
    public int status() {
        return status;
    }
}

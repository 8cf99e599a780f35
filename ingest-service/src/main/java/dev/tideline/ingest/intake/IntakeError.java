package dev.tideline.ingest.intake;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong with a request as a whole; single records are rejected one by one. */
enum IntakeError implements ErrorCode {

    /** The array ends or breaks in the middle: records before that point were taken. */
    MALFORMED_ARRAY(400),
    /** The file is damaged: records before that point were taken. */
    MALFORMED_TFRECORD(400),
    MALFORMED_CSV(400),
    /** The body is not what Content-Encoding says: records before that point were taken. */
    MALFORMED_ENCODING(400),
    INVALID_IDEMPOTENCY_KEY(400),
    /** Another request with the same Idempotency-Key is not finished. */
    REQUEST_IN_PROGRESS(409),
    UNSUPPORTED_MEDIA_TYPE(415),
    UNSUPPORTED_ENCODING(415);

    private final int status;

    IntakeError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

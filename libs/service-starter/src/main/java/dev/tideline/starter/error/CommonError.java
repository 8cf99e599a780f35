package dev.tideline.starter.error;

/** Failures that any service can meet. */
public enum CommonError implements ErrorCode {

    /** The body is not JSON; the detail names line and column. */
    MALFORMED_JSON(400),
    /** The body is JSON of another shape than expected, or breaks a rule; every problem is listed. */
    VALIDATION_FAILED(400),
    /** A parameter, header or part of the request is missing or cannot be read. */
    BAD_REQUEST(400),
    /** The service asks for an API key and got none, or another. */
    UNAUTHORIZED(401),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    CONFLICT(409),
    PAYLOAD_TOO_LARGE(413),
    UNSUPPORTED_MEDIA_TYPE(415),
    /** A Kafka value that is not the event its topic carries. */
    MALFORMED_EVENT(400),
    TOO_MANY_REQUESTS(429),
    /** PostgreSQL does not answer, or gave up a transaction that may succeed when tried again. */
    DATABASE_UNAVAILABLE(503),
    /** Kafka does not answer, or did not acknowledge in time. */
    BROKER_UNAVAILABLE(503),
    /** The bucket behind the storage root does not answer. */
    STORAGE_UNAVAILABLE(503),
    UNAVAILABLE(503),
    /** A fault of the service; the log has the rest under the trace id. */
    INTERNAL(500);

    private final int status;

    CommonError(int status) {
        this.status = status;
    }

    @Override
    public int status() {
        return status;
    }
}

package dev.tideline.starter.error;

/** Failures that any service can meet. */
public enum CommonError implements ErrorCode {

    /** The body is not JSON; the detail names line and column. */
    MALFORMED_JSON(Category.CALLER, 400),
    /** The body is JSON of another shape than expected, or breaks a rule; every problem is listed. */
    VALIDATION_FAILED(Category.CALLER, 400),
    /** A parameter, header or part of the request is missing or cannot be read. */
    BAD_REQUEST(Category.CALLER, 400),
    /** The service asks for an API key and got none, or another. */
    UNAUTHORIZED(Category.CALLER, 401),
    NOT_FOUND(Category.CALLER, 404),
    METHOD_NOT_ALLOWED(Category.CALLER, 405),
    NOT_ACCEPTABLE(Category.CALLER, 406),
    CONFLICT(Category.CALLER, 409),
    PAYLOAD_TOO_LARGE(Category.CALLER, 413),
    UNSUPPORTED_MEDIA_TYPE(Category.CALLER, 415),
    /** A Kafka value that is not the event its topic carries. */
    MALFORMED_EVENT(Category.CALLER, 400),
    TOO_MANY_REQUESTS(Category.OVERLOADED, 429),
    /** PostgreSQL does not answer, or gave up a transaction that may succeed when tried again. */
    DATABASE_UNAVAILABLE(Category.UNAVAILABLE, 503),
    /** Kafka does not answer, or did not acknowledge in time. */
    BROKER_UNAVAILABLE(Category.UNAVAILABLE, 503),
    /** The bucket behind the storage root does not answer. */
    STORAGE_UNAVAILABLE(Category.UNAVAILABLE, 503),
    UNAVAILABLE(Category.UNAVAILABLE, 503),
    /** A fault of the service; the log has the rest under the trace id. */
    INTERNAL(Category.INTERNAL, 500);

    private final Category category;
    private final int status;

    CommonError(Category category, int status) {
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

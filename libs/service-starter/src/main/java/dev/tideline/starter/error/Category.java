package dev.tideline.starter.error;

/** Who can do something about a failure. Follows from the HTTP status; decides what a Kafka listener does next, and the metric tag. */
public enum Category {

    /** The request or record is wrong; the same input fails again. Kafka: dead letter at once. */
    CALLER,
    /** Too much is asked right now. HTTP: 429 with Retry-After. Kafka: tried again without end. */
    OVERLOADED,
    /** Something that is needed does not answer. HTTP: 503 with Retry-After. Kafka: tried again without end. */
    UNAVAILABLE,
    /** A fault of the service itself. HTTP: 500 without particulars. Kafka: a few more tries, then dead letter. */
    INTERNAL
}

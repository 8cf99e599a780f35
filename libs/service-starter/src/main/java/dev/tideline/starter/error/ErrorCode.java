package dev.tideline.starter.error;

/** Stable name of a kind of failure. Each feature has an enum of its own that implements this. */
public interface ErrorCode {

    /** Upper case with underscores; clients may switch on it. */
    String name();

    /** HTTP status, 400 to 599. */
    int status();

    /** Follows from the status, so that the two cannot contradict each other. */
    default Category category() {
        return switch (status()) {
            case 429 -> Category.OVERLOADED;
            case 503 -> Category.UNAVAILABLE;
            default -> status() < 500 ? Category.CALLER : Category.INTERNAL;
        };
    }

    /** Seconds after which a client should try again; 0 for no advice. */
    default int retryAfterSeconds() {
        return switch (category()) {
            case OVERLOADED -> 1;
            case UNAVAILABLE -> 5;
            case CALLER, INTERNAL -> 0;
        };
    }
}

package dev.tideline.starter.error;

/** Stable name of a kind of failure. Each feature has an enum of its own that implements this. */
public interface ErrorCode {

    /** Upper case with underscores; clients may switch on it. */
    String name();

    Category category();

    /** HTTP status, 400 to 599. */
    int status();

    /** Seconds after which a client should try again; 0 for no advice. */
    default int retryAfterSeconds() {
        return switch (category()) {
            case OVERLOADED -> 1;
            case UNAVAILABLE -> 5;
            case CALLER, INTERNAL -> 0;
        };
    }
}

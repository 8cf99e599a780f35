package dev.tideline.inference.status;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A request or a load failed; the message is meant for the client. Carries no stack trace: a refused request has to stay cheap. */
public final class StatusException extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final Duration SHORTEST_RETRY = Duration.ofMillis(1);
    /** An estimate from a queue that stands still would send clients away for ever. */
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

    private final StatusCode code;
    private final Duration retryAfter;

    public StatusException(StatusCode code, String message) {
        this(code, message, null);
    }

    public StatusException(StatusCode code, String message, @Nullable Throwable cause) {
        this(code, message, cause, Duration.ZERO);
    }

    private StatusException(StatusCode code, String message, @Nullable Throwable cause, Duration retryAfter) {
        super(message, cause, false, false);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** @param retryAfter when there should be room again; zero: nobody knows */
    public static StatusException exhausted(String message, Duration retryAfter) {
        return new StatusException(StatusCode.RESOURCE_EXHAUSTED, message, null, retryAfter);
    }

    public static StatusException invalid(String message) {
        return new StatusException(StatusCode.INVALID_ARGUMENT, message);
    }

    public static StatusException notFound(String message) {
        return new StatusException(StatusCode.NOT_FOUND, message);
    }

    public StatusCode code() {
        return code;
    }

    /** How long a client should wait before it tries again, within a millisecond and {@link #LONGEST_RETRY}. */
    public Duration retryAfter() {
        return retryAfter.isZero() ? DEFAULT_RETRY : retryAfter.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY
                : retryAfter.compareTo(SHORTEST_RETRY) < 0 ? SHORTEST_RETRY : retryAfter;
    }

    public String text() {
        String message = getMessage();
        return message == null ? code.name() : message;
    }
}

package dev.tideline.inference.prediction;

import dev.tideline.inference.batching.Priority;
import dev.tideline.inference.status.StatusException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What callers may say beside their request, in words that every door shares. */
public record RequestTerms(Priority priority, Duration timeout) {

    /** Milliseconds that the caller waits for the answer. */
    public static final String TIMEOUT = "Tideline-Timeout-Ms";
    /** {@code critical}, {@code default} or {@code sheddable}. */
    public static final String PRIORITY = "Tideline-Priority";

    /**
     * @param most what counts when the caller names no time, or a longer one
     * @throws StatusException INVALID_ARGUMENT
     */
    public static RequestTerms of(@Nullable String priority, @Nullable String timeoutMillis, Duration most) {
        return new RequestTerms(
                priority == null ? Priority.DEFAULT : priority(priority), timeoutMillis == null ? most : timeout(timeoutMillis, most));
    }

    private static Priority priority(String text) {
        for (Priority priority : Priority.values()) {
            if (priority.name().toLowerCase(Locale.ROOT).equals(text)) {
                return priority;
            }
        }
        throw StatusException.invalid(PRIORITY + ": " + shown(text) + " (expected: critical, default or sheddable)");
    }

    private static Duration timeout(String text, Duration most) {
        try {
            long millis = Long.parseLong(text);
            if (millis > 0) {
                return millis < most.toMillis() ? Duration.ofMillis(millis) : most;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw StatusException.invalid(TIMEOUT + ": " + shown(text) + " (expected: a whole number above 0)");
    }

    private static String shown(String text) {
        return text.length() > 64 ? text.substring(0, 64) + "…" : text;
    }
}

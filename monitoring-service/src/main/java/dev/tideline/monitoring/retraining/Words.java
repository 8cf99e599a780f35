package dev.tideline.monitoring.retraining;

import dev.tideline.starter.error.TidelineException;
import org.jspecify.annotations.Nullable;

/** What a person says of a decision. It goes into the history for good, and into events that others store. */
final class Words {

    private static final int MAX = 1_000;

    private Words() {}

    /**
     * {@code text}, or {@code otherwise} when nothing was said.
     *
     * @throws TidelineException when it is too long, or has control characters, some of which PostgreSQL does not take
     */
    static String checked(String name, @Nullable String text, String otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        int at = 0;
        while (at < text.length() && (!Character.isISOControl(text.charAt(at)) || text.charAt(at) == '\n' || text.charAt(at) == '\t')) {
            at++;
        }
        if (at < text.length() || text.length() > MAX) {
            String what = at < text.length() ? String.format("U+%04X at place %d", (int) text.charAt(at), at) : text.length() + " characters";
            throw new TidelineException(RetrainingError.INVALID_WORDS, name + ": " + what + " (expected: at most " + MAX
                    + " characters, none of them a control character)");
        }
        return text;
    }
}

package dev.tideline.monitoring.timeline;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a story is asked for.
 *
 * @param kinds   kinds or their beginnings, such as {@code DEPLOYMENT}; all when empty
 * @param from    not before
 * @param to      before
 * @param after   where the page before ended
 */
record StoryFilter(List<String> kinds, @Nullable Long version, @Nullable Instant from, @Nullable Instant to, @Nullable Cursor after) {

    private static final Pattern KIND = Pattern.compile("[A-Z_]{1,64}");

    StoryFilter {
        kinds = List.copyOf(kinds);
        for (String kind : kinds) {
            if (!KIND.matcher(kind).matches()) {
                throw new TidelineException(CommonError.BAD_REQUEST, "kind: " + kind + " (expected: capital letters and _, as DEPLOYMENT_LIVE)");
            }
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new TidelineException(CommonError.BAD_REQUEST, "from: " + from + " (expected: before to, " + to + ")");
        }
    }

    /** The last entry of a page, as text that only this class understands. */
    record Cursor(Instant at, String event) {

        static Cursor read(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
                int space = plain.indexOf(' ');
                if (space > 0) {
                    return new Cursor(Instant.parse(plain.substring(0, space)), plain.substring(space + 1));
                }
            } catch (IllegalArgumentException | DateTimeException unreadable) {
                // Said below, in the words that the caller understands.
            }
            throw new TidelineException(CommonError.BAD_REQUEST, "after: " + text + " (expected: the field next of a page before)");
        }

        static Cursor of(TimelineEntry entry) {
            return new Cursor(entry.at(), entry.event());
        }

        String text() {
            return Base64.getUrlEncoder().withoutPadding().encodeToString((at + " " + event).getBytes(StandardCharsets.UTF_8));
        }
    }
}

package dev.tideline.ingest.dataset;

import dev.tideline.tfrecord.Feature;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/**
 * Reads event time from a feature. Text: ISO-8601, UTC when it names no zone. Integers: milliseconds since 1970. Years 1 to 9999: a file's
 * times have to fit into PostgreSQL's, and microseconds or nanoseconds that are taken for milliseconds lie beyond.
 */
public final class EventTime {

    static final String RULE = "ISO-8601 text, or an integer in milliseconds since 1970, of the years 1 to 9999";

    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder().appendPattern("HH:mm")
            .optionalStart().appendPattern(":ss").optionalStart().appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true).optionalEnd().optionalEnd()
            .optionalStart().appendOffset("+HH:MM", "Z").optionalEnd().toFormatter();
    /** Strict, since others make the 28th of a 31st of February. */
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4).appendPattern("-MM-dd")
            .optionalStart().appendLiteral('T').append(TIME).optionalEnd()
            .optionalStart().appendLiteral(' ').append(TIME).optionalEnd()
            .toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private EventTime() {}

    /**
     * @return epoch milliseconds
     * @throws DateTimeException when the value is no time
     */
    static long millis(Feature feature) {
        long millis = switch (feature) {
            case Feature.Longs longs -> longs.values()[0];
            case Feature.Floats floats -> throw new DateTimeException(floats.toString());
            case Feature.Bytes bytes -> fromText(bytes.text(0)).toEpochMilli();
        };
        if (!isPossible(millis)) {
            throw new DateTimeException(Long.toString(millis));
        }
        return millis;
    }

    /** Whether a record may have that event time, in epoch milliseconds. */
    public static boolean isPossible(long millis) {
        return FIRST <= millis && millis <= LAST;
    }

    private static Instant fromText(String text) {
        TemporalAccessor read = ISO.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
        return switch (read) {
            case OffsetDateTime exact -> exact.toInstant();
            case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
            case LocalDate day -> day.atStartOfDay().toInstant(ZoneOffset.UTC);
            default -> throw new DateTimeException(text);
        };
    }
}

package dev.tideline.ingest.dataset;

import dev.tideline.tfrecord.Feature;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAccessor;
import java.time.format.DateTimeFormatter;

/** Reads event time from a feature. Text: ISO-8601, UTC when it names no zone. Integers: milliseconds since 1970. */
final class EventTime {

    static final String RULE = "ISO-8601 text, or an integer in milliseconds since 1970";

    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern(
            "yyyy-MM-dd[['T'][' ']HH:mm[:ss][.SSSSSSSSS][.SSSSSS][.SSS][XXX]]");

    private EventTime() {}

    /**
     * @return epoch milliseconds
     * @throws DateTimeException when the value is no time
     */
    static long millis(Feature feature) {
        return switch (feature) {
            case Feature.Longs longs -> longs.values()[0];
            case Feature.Floats floats -> throw new DateTimeException(floats.toString());
            case Feature.Bytes bytes -> fromText(bytes.text(0)).toEpochMilli();
        };
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

package dev.tideline.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.tfrecord.Feature;
import java.time.DateTimeException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-31T12:00:00Z,2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.250Z,2026-01-31T12:00:00.250Z",
        "2026-01-31T12:00:00+02:00,2026-01-31T10:00:00Z",
        "2026-01-31T12:00:00,2026-01-31T12:00:00Z",
        "2026-01-31 12:00:00,2026-01-31T12:00:00Z",
        "2026-01-31 12:00,2026-01-31T12:00:00Z",
        "2026-01-31,2026-01-31T00:00:00Z",
        "2026-01-31T12:00:00.5Z,2026-01-31T12:00:00.500Z",
        "2026-01-31 12:00:00.123456789,2026-01-31T12:00:00.123Z",
        "2026-01-31T12:00-03:30,2026-01-31T15:30:00Z",
        "2024-02-29,2024-02-29T00:00:00Z",
        "0001-01-01,0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999,9999-12-31T23:59:59.999Z"
    })
    void readsIsoText(String text, Instant expected) {
        assertThat(EventTime.millis(Feature.text(text))).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void readsIntegersAsMilliseconds() {
        assertThat(EventTime.millis(Feature.longs(1_500))).isEqualTo(1_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "12:00", "2026-13-01", "1769860800", "2026-02-31", "2025-02-29", "2026-01-3112:00",
        "2026-01-31T24:00", "2026-01-31T12:00.5", "+999999999-01-01", "10000-01-01", "0000-12-31", "9999-12-31T23:59:59-01:00"})
    void refusesTextThatIsNoTime(String text) {
        assertThatThrownBy(() -> EventTime.millis(Feature.text(text))).isInstanceOf(DateTimeException.class);
    }

    /** Nanoseconds of our days among them. */
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 1_769_860_800_000_000_000L, 1_769_860_800_000_000L, 253_402_300_800_000L})
    void refusesIntegersThatAreNoMilliseconds(long value) {
        assertThatThrownBy(() -> EventTime.millis(Feature.longs(value))).isInstanceOf(DateTimeException.class);
    }

    @Test
    void refusesFractions() {
        assertThatThrownBy(() -> EventTime.millis(Feature.floats(1.5f))).isInstanceOf(DateTimeException.class);
    }
}

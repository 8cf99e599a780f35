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
        "2026-01-31,2026-01-31T00:00:00Z"
    })
    void readsIsoText(String text, Instant expected) {
        assertThat(EventTime.millis(Feature.text(text))).isEqualTo(expected.toEpochMilli());
    }

    @Test
    void readsIntegersAsMilliseconds() {
        assertThat(EventTime.millis(Feature.longs(1_500))).isEqualTo(1_500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "12:00", "2026-13-01", "1769860800"})
    void refusesTextThatIsNoTime(String text) {
        assertThatThrownBy(() -> EventTime.millis(Feature.text(text))).isInstanceOf(DateTimeException.class);
    }

    @Test
    void refusesFractions() {
        assertThatThrownBy(() -> EventTime.millis(Feature.floats(1.5f))).isInstanceOf(DateTimeException.class);
    }
}

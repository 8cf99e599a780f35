package dev.tideline.monitoring.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimeTest {

    @Test
    void everyInstantIsReadBackFromItsText() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 20_000; i++) {
            int digits = random.nextInt(4);
            long nano = digits == 0 ? 0 : random.nextInt(1_000) * (digits == 1 ? 1_000_000L : digits == 2 ? 1_000L : 1L);
            Instant time = Instant.ofEpochSecond(random.nextLong(-62_135_596_800L, 253_402_300_799L), nano);
            assertThat(IsoTime.parse(time.toString())).isEqualTo(time);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T12:00:00Z", "2026-03-01T12:00:00.5Z", "2026-03-01T12:00:00.123456789Z", "2024-02-29T23:59:59Z", "2026-03-01T24:00:00Z",
        "2026-03-01T12:00:00+02:00", "+12026-03-01T12:00:00Z"})
    void saysWhatInstantSays(String text) {
        assertThat(IsoTime.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z", "2026-03-01T12:00Z", "yesterday", "2026-03-01T12:00:00", "2026-02-29T12:00:00Z", "2026-13-01T12:00:00Z", "2026-03-01T25:00:00Z", "2026-03-01T12:00:61Z",
        "2026-03-01 12:00:00Z", "2026-03-01T12:00:00,123Z", "2026-03-01T12:00:00x123Z", "2026-03-01T12:00:00.1234567890Z", "2026-0x-01T12:00:00Z"})
    void refusesWhatInstantRefuses(String text) {
        assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
        assertThatThrownBy(() -> IsoTime.parse(text)).isInstanceOf(DateTimeException.class);
    }
}

package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.monitoring.profile.ProfileSetCodec;
import dev.tideline.monitoring.signal.Signal.ClosedBy;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OpenWindowTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final WindowProperties LIMITS =
            new WindowProperties(100, Duration.ofMinutes(10), Duration.ofMinutes(5), 50, Duration.ofMillis(500));

    private final TreeMap<String, Baseline> bins = new TreeMap<>(Map.of(
            "x", new Baseline.Numeric(new double[] {0, 1}, new long[] {10, 10, 10}, 0, -1, 2, 0.5, 1),
            "kind", new Baseline.Categorical(List.of("a", "b"), new long[] {20, 10}, 0, 0)));

    @Test
    void anEmptyWindowIsNeverDue() {
        assertThat(OpenWindow.first(bins).due(LIMITS, Long.MAX_VALUE)).isNull();
    }

    @Test
    void closesByRows() {
        assertThat(OpenWindow.first(bins).with(rows(100, Duration.ZERO), 1_000).due(LIMITS, 1_000)).isEqualTo(ClosedBy.ROWS);
    }

    @Test
    void staysOpenBelowBothLimits() {
        assertThat(OpenWindow.first(bins).with(rows(99, Duration.ofMinutes(9)), 1_000).due(LIMITS, 2_000)).isNull();
    }

    @Test
    void closesByTheTimeOfItsEvents() {
        assertThat(OpenWindow.first(bins).with(rows(2, Duration.ofMinutes(10)), 1_000).due(LIMITS, 1_000)).isEqualTo(ClosedBy.TIME);
    }

    @Test
    void closesInSilence() {
        long later = 1_000 + Duration.ofMinutes(10).toMillis();
        assertThat(OpenWindow.first(bins).with(rows(2, Duration.ZERO), 1_000).due(LIMITS, later)).isEqualTo(ClosedBy.SILENCE);
    }

    @Test
    void rowsThatCameTooLateDoNotStretchItsTime() {
        ProfileSet late = rows(2, Duration.ZERO);
        late.addLate(Example.of(Map.of("x", Feature.floats(1))));
        OpenWindow window = OpenWindow.first(bins).with(late, 1_000);
        assertThat(window.due(LIMITS, 1_000)).isNull();
        assertThat(window.rows().rows()).isEqualTo(3);
        assertThat(window.rows().late()).isEqualTo(1);
    }

    @Test
    void aWindowOfLateRowsOnlyClosesInSilence() {
        ProfileSet late = new ProfileSet(bins);
        late.addLate(Example.of(Map.of("x", Feature.floats(1))));
        OpenWindow window = OpenWindow.first(bins).with(late, 1_000);
        assertThat(window.due(LIMITS, 2_000)).isNull();
        assertThat(window.due(LIMITS, 1_000 + Duration.ofMinutes(10).toMillis())).isEqualTo(ClosedBy.SILENCE);
        assertThat(window.from()).isEqualTo(Instant.ofEpochMilli(1_000));
    }

    @Test
    void mergesChunksByAddition() {
        OpenWindow window = OpenWindow.first(bins).with(rows(30, Duration.ZERO), 1).with(rows(12, Duration.ZERO), 2);
        assertThat(window.rows().rows()).isEqualTo(42);
        assertThat(window.rows().profiles().get("x").total()).isEqualTo(42);
        assertThat(window.arrived()).isEqualTo(1);
    }

    @Test
    void survivesTheStateStore() {
        OpenWindow window = OpenWindow.first(bins).next(bins).with(rows(30, Duration.ofSeconds(9)), 77);
        OpenWindow read = OpenWindow.read(window.write(), bins);
        assertThat(read.write()).isEqualTo(window.write());
        assertThat(read.sequence()).isEqualTo(2);
        assertThat(read.from()).isEqualTo(START);
        assertThat(read.to()).isEqualTo(START.plusSeconds(9));
    }

    @Test
    void anEmptyWindowSurvivesTheStateStore() {
        assertThat(OpenWindow.read(OpenWindow.first(bins).write(), bins).rows().rows()).isZero();
    }

    @Test
    void refusesProfilesOfOtherFeatures() {
        byte[] bytes = ProfileSetCodec.write(rows(1, Duration.ZERO));
        assertThatThrownBy(() -> ProfileSetCodec.read(bytes, new TreeMap<>())).hasMessageContaining("expected: a feature of the baseline");
    }

    @Test
    void refusesBytesThatEndEarly() {
        assertThatThrownBy(() -> ProfileSetCodec.read(new byte[] {2, 0, 0}, bins)).hasMessage("profiles: 3 bytes that end early");
    }

    private ProfileSet rows(int count, Duration span) {
        ProfileSet set = new ProfileSet(bins);
        for (int i = 0; i < count; i++) {
            set.add(Example.of(Map.of("x", Feature.floats(i % 3), "kind", Feature.text("a"))), i == 0 ? START : START.plus(span));
        }
        return set;
    }
}

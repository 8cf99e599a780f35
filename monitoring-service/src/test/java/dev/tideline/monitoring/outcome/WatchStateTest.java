package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.signal.JsonSerde;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WatchStateTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void countsLabelsRightOnesAndArchivedRows() {
        WatchState state = WatchState.initial(Detector.HDDM_A).with(new Judged(TIME, 0.0, true)).with(new Judged(TIME, 1.0, false));
        assertThat(state.labels()).isEqualTo(2);
        assertThat(state.right()).isEqualTo(1);
        assertThat(state.archived()).isEqualTo(1);
    }

    @Test
    void aLabelWithoutRightOrWrongIsOnlyCounted() {
        WatchState state = WatchState.initial(Detector.HDDM_A).with(new Judged(TIME, null, true));
        assertThat(state.labels()).isEqualTo(1);
        assertThat(state.judged()).isZero();
        assertThat(state.window().labels()).isZero();
    }

    @Test
    void theWindowSpansItsPredictionsInAnyOrder() {
        WatchState state = WatchState.initial(Detector.HDDM_A).with(new Judged(TIME, 0.0, true)).with(new Judged(TIME.minusSeconds(5), 0.0, true));
        assertThat(state.window().from()).isEqualTo(TIME.minusSeconds(5));
        assertThat(state.window().to()).isEqualTo(TIME);
    }

    @Test
    void theNextWindowStartsEmpty() {
        WatchState.Window next = WatchState.initial(Detector.HDDM_A).with(new Judged(TIME, 0.0, true)).withNextWindow().window();
        assertThat(next).isEqualTo(new WatchState.Window(2, null, null, 0, 0));
    }

    @Test
    void survivesTheStateStore() {
        WatchState state = WatchState.initial(Detector.HDDM_A);
        for (int i = 0; i < 100; i++) {
            state = state.with(new Judged(TIME.plusMillis(i), i % 7 == 0 ? 1.0 : 0.0, true));
        }
        var serde = JsonSerde.of(WatchState.class);
        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", state))).isEqualTo(state);
    }
}

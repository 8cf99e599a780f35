package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.detector.DriftDetector.Level;
import dev.tideline.monitoring.signal.JsonSerde;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WatchStateTest {

    private static final Instant TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final Answer RIGHT = new Answer.Named(true, 0.8, 0.8, 0.8);
    private static final Answer WRONG = new Answer.Named(false, 0.7, 0.3, 0.7);

    private WatchState state = WatchState.initial(Detector.HDDM_A);

    @Test
    void countsLabelsRightOnesAndArchivedRows() {
        take(RIGHT, true, TIME);
        take(WRONG, false, TIME);
        assertThat(state.labels()).isEqualTo(2);
        assertThat(state.right()).isEqualTo(1);
        assertThat(state.archived()).isEqualTo(1);
        assertThat(state.calibration().count()).isEqualTo(2);
    }

    @Test
    void ofSeveralAnswersARowIsRightWhenAllAreAndItsMistakesAreItsError() {
        take(new Answer.Several(1, 0.1, List.of(), List.of()), false, TIME);
        take(new Answer.Several(0.75, 0.5, List.of(1), List.of()), false, TIME);
        assertThat(state.right()).isEqualTo(1);
        assertThat(state.window().right()).isEqualTo(1);
        assertThat(state.detector().recentMean()).isEqualTo(0.125);
    }

    @Test
    void aLabelThatDoesNotCompareIsOnlyCounted() {
        take(null, true, TIME);
        assertThat(state.labels()).isEqualTo(1);
        assertThat(state.judged()).isZero();
        assertThat(state.window().answers()).isEmpty();
    }

    @Test
    void theWindowSpansItsPredictionsInAnyOrder() {
        take(RIGHT, true, TIME);
        take(RIGHT, true, TIME.minusSeconds(5));
        assertThat(state.window().from()).isEqualTo(TIME.minusSeconds(5));
        assertThat(state.window().to()).isEqualTo(TIME);
        assertThat(state.window().right()).isEqualTo(2);
    }

    @Test
    void theNextWindowStartsEmpty() {
        take(RIGHT, true, TIME);
        assertThat(state.withNextWindow().window()).isEqualTo(new AnswerWindow(2, 0, null, null, List.of()));
    }

    @Test
    void aWindowIsDueByRowsOrByTime() {
        assertThat(state.window().isDue(1, Duration.ofHours(1), Long.MAX_VALUE)).isFalse();
        take(RIGHT, true, TIME);
        assertThat(state.window().isDue(2, Duration.ofHours(1), 1_000)).isFalse();
        assertThat(state.window().isDue(1, Duration.ofHours(1), 1_000)).isTrue();
        assertThat(state.window().isDue(2, Duration.ofHours(1), 1_000 + 3_600_000)).isTrue();
    }

    @Test
    void largerDistancesOfANumberRaiseAnAlarm() {
        SplittableRandom random = new SplittableRandom(5);
        assertThat(alarmsOver(1_500, random, 1)).isZero();
        assertThat(alarmsOver(500, random, 4)).isPositive();
    }

    @Test
    void oneWildNumberIsNoAlarm() {
        SplittableRandom random = new SplittableRandom(6);
        alarmsOver(500, random, 1);
        take(new Answer.Measured(1e30, 0), false, TIME);
        assertThat(state.detector().level()).isNotEqualTo(Level.DRIFT);
        assertThat(alarmsOver(500, random, 1)).isZero();
    }

    @Test
    void aUsualDistanceIsHalfAnError() {
        ErrorScale scale = ErrorScale.unknown();
        for (int i = 0; i < ErrorScale.FIRST; i++) {
            assertThat(scale.error(3)).isNull();
            scale = scale.with(3);
        }
        assertThat(scale.error(3)).isEqualTo(0.5);
        assertThat(scale.error(0)).isZero();
        assertThat(scale.error(1e300)).isCloseTo(1, within(1e-9));
    }

    @Test
    void aModelThatIsAlwaysExactHasAScaleToo() {
        ErrorScale scale = ErrorScale.unknown();
        for (int i = 0; i < ErrorScale.FIRST; i++) {
            scale = scale.with(0);
        }
        assertThat(scale.error(0)).isZero();
        assertThat(scale.error(1)).isCloseTo(1, within(1e-9));
    }

    @Test
    void survivesTheStateStore() {
        for (int i = 0; i < 100; i++) {
            take(i % 3 == 0 ? new Answer.Measured(i, 1) : i % 7 == 0 ? WRONG : RIGHT, true, TIME.plusMillis(i));
        }
        var serde = JsonSerde.of(WatchState.class);
        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", state))).isEqualTo(state);
    }

    @Test
    void aStateOfAnEarlierFormWithoutTimesIsReadOn() {
        take(RIGHT, true, TIME);
        String json = new String(JsonSerde.of(WatchState.class).serializer().serialize("t", state), java.nio.charset.StandardCharsets.UTF_8);
        String former = json.replaceFirst(",\"recent\":\\{[^}]*}", "");
        assertThat(former).doesNotContain("recent");
        assertThat(ErrorWatch.codec().read("m@1", former.getBytes(java.nio.charset.StandardCharsets.UTF_8)).fresh()).isEqualTo(1);
    }

    @Test
    void aStateOfAnotherFormIsGivenUp() {
        assertThat(ErrorWatch.codec().read("m@1", "{\"labels\":3}".getBytes(java.nio.charset.StandardCharsets.UTF_8))).isNull();
    }

    private int alarmsOver(int labels, SplittableRandom random, double spread) {
        int alarms = 0;
        for (int i = 0; i < labels; i++) {
            take(new Answer.Measured(10 + spread * random.nextGaussian(), 10), false, TIME);
            alarms += state.detector().level() == Level.DRIFT ? 1 : 0;
        }
        return alarms;
    }

    private void take(Answer answer, boolean archived, Instant time) {
        state = state.with(new Judged(time, answer, archived, List.of()), 1_000);
    }
}

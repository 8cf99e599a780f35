package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {

    @ParameterizedTest
    @CsvSource({"0", "1", "99"})
    void aConstantRateStays(long step) {
        assertThat(new Schedule.Constant(0.1).rate(step, 100)).isEqualTo(0.1);
    }

    @ParameterizedTest
    @CsvSource({"0,0.8", "9,0.8", "10,0.4", "19,0.4", "20,0.2"})
    void stepsFallAtTheirBorders(long step, double expected) {
        assertThat(new Schedule.Step(0.8, 10, 0.5).rate(step, 100)).isCloseTo(expected, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0,1.0", "50,0.55", "100,0.1", "200,0.1"})
    void aCosineFallsFromRateToEnd(long step, double expected) {
        assertThat(new Schedule.Cosine(1, 0.1).rate(step, 100)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aCosineOverNoStepsIsAtItsEnd() {
        assertThat(new Schedule.Cosine(1, 0.1).rate(0, 0)).isCloseTo(0.1, within(1e-12));
    }

    @ParameterizedTest
    @CsvSource({"0,0.1", "4,0.5", "9,1.0", "10,1.0", "50,1.0"})
    void warmUpRisesInALine(long step, double expected) {
        assertThat(new Schedule.WarmUp(10, new Schedule.Constant(1)).rate(step, 100)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void whatFollowsWarmUpCountsFromItsOwnStart() {
        var schedule = new Schedule.WarmUp(10, new Schedule.Cosine(1, 0));

        assertThat(schedule.rate(10, 110)).isCloseTo(1.0, within(1e-12));
        assertThat(schedule.rate(60, 110)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.rate(110, 110)).isCloseTo(0.0, within(1e-12));
    }
}

package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderedTestTest {

    @Test
    void equalSharesAreNoEvidence() {
        assertThat(OrderedTest.p(new Cells(new long[] {100, 200, 100}, new long[] {10, 20, 10}))).isCloseTo(1, within(1e-9));
    }

    @Test
    void aShiftToHigherBinsIsEvidence() {
        assertThat(OrderedTest.p(new Cells(new long[] {100, 100, 100, 100}, new long[] {10, 20, 30, 40}))).isLessThan(1e-3);
    }

    @Test
    void aWiderSpreadIsEvidence() {
        assertThat(OrderedTest.p(new Cells(new long[] {100, 100, 100, 100}, new long[] {40, 10, 10, 40}))).isLessThan(1e-4);
    }

    @Test
    void aSingleBinIsNoEvidence() {
        assertThat(OrderedTest.p(new Cells(new long[] {100, 0}, new long[] {10, 0}))).isEqualTo(1);
    }

    @Test
    void anEmptyWindowIsNoEvidence() {
        assertThat(OrderedTest.p(new Cells(new long[] {100, 100}, new long[] {0, 0}))).isEqualTo(1);
    }

    @Test
    void keepsItsLevelWhenNothingChanged() {
        SplittableRandom random = new SplittableRandom(3);
        long[] baseline = new long[10];
        IntStream.range(0, 20_000).forEach(i -> baseline[random.nextInt(10)]++);
        long alarms = IntStream.range(0, 5_000).filter(trial -> {
            long[] window = new long[10];
            IntStream.range(0, 200).forEach(i -> window[random.nextInt(10)]++);
            return OrderedTest.p(new Cells(baseline, window)) <= 0.01;
        }).count();
        assertThat(alarms / 5_000.0).isCloseTo(0.01, within(0.005));
    }
}

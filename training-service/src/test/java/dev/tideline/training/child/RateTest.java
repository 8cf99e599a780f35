package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {

    private final AtomicLong nanos = new AtomicLong(5_000_000_000L);
    private final Rate rate = new Rate(nanos::get);

    @Test
    void speedIsCountedSinceTheLastRestart() {
        rate.add(100, 1, 0.1);
        passSeconds(1);
        rate.restart();
        rate.add(300, 1, 0.1);
        passSeconds(2);

        assertThat(rate.examplesPerSecond()).isCloseTo(150, within(1e-9));
        assertThat(rate.secondsSinceLast()).isCloseTo(2, within(1e-9));
    }

    @Test
    void theOverallSpeedCountsEverything() {
        rate.add(100, 1, 0.1);
        passSeconds(1);
        rate.restart();
        rate.add(300, 1, 0.1);
        passSeconds(3);

        assertThat(rate.overall()).isCloseTo(100, within(1e-9));
    }

    @Test
    void lossIsWeightedByExamples() {
        rate.add(100, 1, 0.1);
        rate.add(300, 2, 0.1);

        assertThat(rate.meanLoss()).isCloseTo(1.75, within(1e-9));
    }

    @Test
    void nothingHasNoLoss() {
        assertThat(rate.meanLoss()).isZero();
    }

    private void passSeconds(int seconds) {
        nanos.addAndGet(seconds * 1_000_000_000L);
    }

    @Test
    void waitingIsAShareOfAllTime() {
        var clock = new java.util.concurrent.atomic.AtomicLong();
        var rate = new Rate(clock::get);
        rate.add(10, 1f, 0.5);
        rate.restart();
        rate.add(10, 1f, 0.25);
        clock.set(3_000_000_000L);

        assertThat(rate.inputWait()).isEqualTo(0.25);
    }
}

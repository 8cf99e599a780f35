package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ChiSquareTest {

    @Test
    void agreesWithPublishedCriticalValues() {
        assertThat(ChiSquare.upperTail(3.841458820694124, 1)).isCloseTo(0.05, within(1e-10));
        assertThat(ChiSquare.upperTail(16.918977604620448, 9)).isCloseTo(0.05, within(1e-10));
        assertThat(ChiSquare.upperTail(21.665994333461924, 9)).isCloseTo(0.01, within(1e-10));
        assertThat(ChiSquare.upperTail(135.80672317102676, 100)).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void isOneWithoutEvidence() {
        assertThat(ChiSquare.upperTail(0, 9)).isEqualTo(1);
        assertThat(ChiSquare.upperTail(5, 0)).isEqualTo(1);
    }

    @Test
    void isExponentialForTwoDegrees() {
        for (double x : new double[] {0.01, 0.5, 2, 3.9, 4.1, 40, 400}) {
            assertThat(ChiSquare.upperTail(x, 2)).isCloseTo(Math.exp(-x / 2), within(1e-12));
        }
    }

    @Test
    void vanishesForHugeStatistics() {
        assertThat(ChiSquare.upperTail(1e6, 9)).isBetween(0.0, 1e-300);
    }
}

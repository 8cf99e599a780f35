package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DivergenceTest {

    @Test
    void equalSharesGiveAboutZeroPsi() {
        var cells = new Cells(new long[] {5_000, 5_000}, new long[] {500, 500});
        assertThat(Divergence.debiasedPsi(cells)).isCloseTo(-(1 / 1000.0 + 1 / 10_000.0), within(1e-12));
    }

    @Test
    void psiFollowsItsFormula() {
        var cells = new Cells(new long[] {1_000, 1_000}, new long[] {300, 700});
        double p = 300.5 / 1001;
        double q = 0.5;
        double raw = (p - q) * Math.log(p / q) + (1 - p - q) * Math.log((1 - p) / q);
        assertThat(Divergence.debiasedPsi(cells)).isCloseTo(raw - (1 / 1000.0 + 1 / 2000.0), within(1e-12));
    }

    @Test
    void emptyCellsStayFinite() {
        assertThat(Divergence.debiasedPsi(new Cells(new long[] {0, 100}, new long[] {100, 0}))).isFinite().isPositive();
    }

    @Test
    void disjointSamplesAreAtJensenShannonDistanceOne() {
        assertThat(Divergence.jensenShannon(new Cells(new long[] {0, 9}, new long[] {5, 0}))).isCloseTo(1, within(1e-12));
    }

    @Test
    void sameSharesAreAtJensenShannonDistanceZero() {
        assertThat(Divergence.jensenShannon(new Cells(new long[] {10, 30}, new long[] {1, 3}))).isZero();
    }

    @Test
    void homogeneityAgreesWithAWorkedTwoByTwoTable() {
        // Statistic 8.0 with one degree of freedom.
        var cells = new Cells(new long[] {60, 40}, new long[] {40, 60});
        assertThat(Divergence.homogeneity(cells)).isCloseTo(ChiSquare.upperTail(8.0, 1), within(1e-12));
    }

    @Test
    void anEmptyWindowIsNoEvidence() {
        var cells = new Cells(new long[] {60, 40}, new long[] {0, 0});
        assertThat(Divergence.homogeneity(cells)).isEqualTo(1);
        assertThat(Divergence.debiasedPsi(cells)).isZero();
        assertThat(Divergence.jensenShannon(cells)).isZero();
    }
}

package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TailsTest {

    @Test
    void atLeastFollowsThePoissonDistribution() {
        assertThat(Tails.atLeast(1, 2)).isCloseTo(1 - Math.exp(-2), within(1e-12));
        assertThat(Tails.atLeast(3, 2)).isCloseTo(1 - Math.exp(-2) * (1 + 2 + 2), within(1e-12));
    }

    @Test
    void noEventIsCertain() {
        assertThat(Tails.atLeast(0, 5)).isEqualTo(1);
    }

    @Test
    void anEventThatNobodyExpectsHasNoChance() {
        assertThat(Tails.atLeast(1, 0)).isZero();
    }

    @Test
    void sameShareAgreesWithAWorkedExample() {
        // 60 of 100 against 40 of 100: z = 2.828, two-sided p = 0.00468.
        assertThat(Tails.sameShare(60, 100, 40, 100)).isCloseTo(0.004678, within(1e-6));
    }

    @Test
    void equalSharesAreNoEvidence() {
        assertThat(Tails.sameShare(1, 10, 100, 1_000)).isEqualTo(1);
    }

    @Test
    void emptySamplesAreNoEvidence() {
        assertThat(Tails.sameShare(0, 0, 10, 100)).isEqualTo(1);
        assertThat(Tails.sameShare(0, 10, 0, 100)).isEqualTo(1);
    }
}

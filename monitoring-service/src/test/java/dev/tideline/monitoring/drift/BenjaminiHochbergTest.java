package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {

    @Test
    void adjustsAWorkedExample() {
        assertThat(BenjaminiHochberg.adjust(new double[] {0.01, 0.04, 0.03, 0.005}))
                .containsExactly(new double[] {0.02, 0.04, 0.04, 0.02}, within(1e-12));
    }

    @Test
    void leavesASingleTestAlone() {
        assertThat(BenjaminiHochberg.adjust(new double[] {0.3})).containsExactly(0.3);
    }

    @Test
    void keepsTheOrderGiven() {
        assertThat(BenjaminiHochberg.adjust(new double[] {0.9, 0.001})).containsExactly(new double[] {0.9, 0.002}, within(1e-12));
    }

    @Test
    void acceptsNothing() {
        assertThat(BenjaminiHochberg.adjust(new double[0])).isEmpty();
    }
}

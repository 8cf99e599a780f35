package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.Baseline;
import dev.tideline.features.NumericProfile;
import org.junit.jupiter.api.Test;

class ShapeTest {

    private final Samples samples = new Samples(13);
    private final Baseline.Numeric baseline = samples.normalBaseline(Samples.BASELINE_ROWS);

    @Test
    void aShiftOfHalfADeviationHasItsKnownDistances() {
        Shape shape = shape(0.5, 1);
        assertThat(shape.ks()).isCloseTo(0.197, within(0.02));
        assertThat(shape.wasserstein()).isCloseTo(0.5, within(0.06));
        assertThat(shape.shift()).isCloseTo(0.5, within(0.03));
    }

    @Test
    void theShiftHasASign() {
        assertThat(shape(-0.5, 1).shift()).isCloseTo(-0.5, within(0.03));
    }

    @Test
    void aWiderSpreadMovesNoMean() {
        Shape shape = shape(0, 1.5);
        assertThat(shape.shift()).isCloseTo(0, within(0.03));
        assertThat(shape.wasserstein()).isBetween(0.2, 0.5 * Math.sqrt(2 / Math.PI));
    }

    @Test
    void theSameDistributionIsNear() {
        assertThat(shape(0, 1).wasserstein()).isLessThan(0.05);
    }

    @Test
    void emptyWindowsAreAtNoDistance() {
        assertThat(Shape.of((NumericProfile) samples.normal(baseline, 0, 0, 1))).isEqualTo(Shape.NONE);
    }

    @Test
    void hellingerOfDisjointSamplesIsOne() {
        assertThat(Divergence.hellinger(new Cells(new long[] {5, 0}, new long[] {0, 7}))).isEqualTo(1);
        assertThat(Divergence.hellinger(new Cells(new long[] {5, 5}, new long[] {7, 7}))).isCloseTo(0, within(1e-7));
    }

    private Shape shape(double mean, double deviation) {
        return Shape.of((NumericProfile) samples.normal(baseline, 20_000, mean, deviation));
    }
}

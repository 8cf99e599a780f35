package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictionErrorTest {

    @Test
    void aRightClassIsNoError() {
        assertThat(error(Feature.text("UP"), Feature.text("UP"))).hasValue(0.0);
        assertThat(error(Feature.longs(1), Feature.longs(1))).hasValue(0.0);
        assertThat(error(Feature.floats(1), Feature.floats(1))).hasValue(0.0);
    }

    @Test
    void aWrongClassIsOneError() {
        assertThat(error(Feature.text("UP"), Feature.text("DOWN"))).hasValue(1.0);
        assertThat(error(Feature.longs(1), Feature.longs(0))).hasValue(1.0);
    }

    @Test
    void numbersOfAnyTypeAreCompared() {
        assertThat(error(Feature.floats(1), Feature.longs(1))).hasValue(0.0);
        assertThat(error(Feature.longs(0), Feature.floats(1))).hasValue(1.0);
    }

    @Test
    void textEqualsNoNumber() {
        assertThat(error(Feature.text("1"), Feature.longs(1))).hasValue(1.0);
        assertThat(error(Feature.longs(1), Feature.text("1"))).hasValue(1.0);
    }

    @Test
    void aPredictionWithoutAClassHasNone() {
        assertThat(PredictionError.of(Example.of(Map.of("output/prediction", Feature.floats(3))), Feature.floats(3))).isEmpty();
    }

    private static java.util.Optional<Double> error(Feature predicted, Feature label) {
        return PredictionError.of(Example.of(Map.of("output/label", predicted)), label);
    }
}

package dev.tideline.monitoring.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    private final SplittableRandom random = new SplittableRandom(4);

    @Test
    void ratesRiseWithConfidence() {
        Calibration calibration = learnt(5_000, 1);
        double[] rates = calibration.rates();
        for (int i = 1; i < rates.length; i++) {
            assertThat(rates[i]).isGreaterThanOrEqualTo(rates[i - 1]);
        }
    }

    @Test
    void violatorsArePooled() {
        Calibration calibration = Calibration.empty().with(0.61, true).with(0.71, false).with(0.91, true);
        assertThat(calibration.rates()[Confidence.bin(0.61)]).isEqualTo(0.5);
        assertThat(calibration.rates()[Confidence.bin(0.71)]).isEqualTo(0.5);
        assertThat(calibration.rates()[Confidence.bin(0.99)]).isEqualTo(1);
        assertThat(calibration.rates()[0]).isEqualTo(0.5);
    }

    @Test
    void accuracyIsEstimatedBeforeLabelsComeThoughTheModelIsTooSure() {
        Calibration calibration = learnt(10_000, 0.8);
        Confidence surer = new Confidence();
        double right = 0;
        for (int i = 0; i < 2_000; i++) {
            double confidence = 0.5 + 0.5 * Math.sqrt(random.nextDouble());
            surer.add(confidence);
            right += 0.8 * confidence;
        }
        assertThat(calibration.accuracy(surer)).isCloseTo(right / 2_000, within(3 * calibration.standardError(surer)));
        assertThat(calibration.standardError(surer)).isBetween(0.005, 0.02);
    }

    @Test
    void oldLabelsLoseWeight() {
        Calibration calibration = Calibration.empty();
        for (int i = 0; i < 60_000; i++) {
            calibration = calibration.with(0.9, i >= 30_000);
        }
        assertThat(calibration.count()).isLessThanOrEqualTo(20_000);
        assertThat(calibration.rates()[Confidence.bin(0.9)]).isGreaterThan(0.8);
    }

    @Test
    void withoutPredictionsThereIsNothingToEstimate() {
        assertThat(learnt(100, 1).accuracy(new Confidence())).isZero();
    }

    @Test
    void confidenceIsThatOfTheClassThatWasNamed() {
        assertThat(Confidence.of(Example.of(Map.of("output/label", Feature.longs(0), "output/probability", Feature.floats(0.25f)))))
                .hasValue(0.75);
        assertThat(Confidence.of(Example.of(Map.of("output/label", Feature.longs(1), "output/probabilities", Feature.floats(0.25f, 0.5f, 0.25f)))))
                .hasValue(0.5);
        assertThat(Confidence.of(Example.of(Map.of("output/probability", Feature.floats(0.25f))))).isEmpty();
        assertThat(Confidence.of(Example.of(Map.of("output/label", Feature.longs(1), "output/probabilities", Feature.floats(0.5f, Float.NaN)))))
                .isEmpty();
    }

    /** A model that is right with {@code honesty} times its confidence. */
    private Calibration learnt(int labels, double honesty) {
        Calibration calibration = Calibration.empty();
        for (int i = 0; i < labels; i++) {
            double confidence = 0.5 + 0.5 * random.nextDouble();
            calibration = calibration.with(confidence, random.nextDouble() < honesty * confidence);
        }
        return calibration;
    }
}

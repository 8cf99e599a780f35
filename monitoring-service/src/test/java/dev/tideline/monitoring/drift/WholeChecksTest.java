package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.monitoring.profile.Calibration;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WholeChecksTest {

    private final SplittableRandom random = new SplittableRandom(9);

    @Test
    void aModelThatBecomesLessSureIsNoticed() {
        WholeChecks checks = WholeChecks.of(window(500, 0.70), background(null));
        assertThat(checks.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.CONFIDENCE);
            assertThat(finding.alert()).isTrue();
            assertThat(finding.text()).matches("mean confidence 0\\.7\\d+ \\(expected: 0\\.(79|80)\\d, as in the first windows\\)");
        });
        assertThat(checks.drifts()).isTrue();
    }

    @Test
    void theSameConfidenceIsNoFinding() {
        Background background = background(null);
        long flagged = IntStream.range(0, 500).filter(i -> !WholeChecks.of(window(500, 0.8), background).findings().isEmpty()).count();
        assertThat(flagged).isLessThanOrEqualTo(5);
    }

    @Test
    void accuracyIsEstimatedOnceThereAreLabelsEnough() {
        Calibration calibration = Calibration.empty();
        for (int i = 0; i < 199; i++) {
            calibration = calibration.with(0.8, i % 4 != 0);
        }
        assertThat(WholeChecks.of(window(500, 0.8), background(calibration)).figures()).doesNotContainKey("estimatedAccuracy");
        Map<String, Double> figures = WholeChecks.of(window(500, 0.8), background(calibration.with(0.8, true))).figures();
        assertThat(figures.get("estimatedAccuracy")).isCloseTo(0.75, within(0.01));
        assertThat(figures.get("estimatedAccuracyError")).isBetween(0.01, 0.06);
    }

    @Test
    void predictionsOnAnotherSchemaAreBrokenData() {
        ProfileSet window = window(500, 0.8);
        window.noteForeignSchema();
        WholeChecks checks = WholeChecks.of(window, Background.none());
        assertThat(checks.isBroken()).isTrue();
        assertThat(checks.drifts()).isFalse();
        assertThat(checks.figures()).containsEntry("foreignSchema", 0.002);
    }

    private Background background(Calibration calibration) {
        List<ProfileSet> reference = IntStream.range(0, Background.REFERENCE_WINDOWS).mapToObj(i -> window(500, 0.8)).toList();
        return new Background(false, Map.of(), reference, calibration);
    }

    private ProfileSet window(int rows, double confidence) {
        ProfileSet set = new ProfileSet(new TreeMap<>());
        for (int i = 0; i < rows; i++) {
            float p = (float) Math.clamp(confidence + 0.1 * random.nextGaussian(), 0.5, 1);
            set.add(Example.of(Map.of("output/label", Feature.longs(1), "output/probability", Feature.floats(p))), Instant.EPOCH);
        }
        return set;
    }
}

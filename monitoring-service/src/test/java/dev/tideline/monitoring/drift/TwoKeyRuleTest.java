package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.features.Baseline;
import dev.tideline.features.Profile;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** False alarms and power of the two-key rule against the figures that were measured for it. Seeds are fixed. */
class TwoKeyRuleTest {

    private static final int FEATURES = 20;
    private static final int TRIALS = 200;

    /** Any size may be judged, so that the rule itself is seen and not the limit on rows. */
    private final DriftJudge judge = new DriftJudge(new DriftProperties(0.01, 0.05, 0.10, 0.25, 1, 1, 0.3));

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 500, 1_000, 5_000})
    void cleanWindowsOfTwentyFeaturesStayGreen(int rows) {
        Samples samples = new Samples(rows);
        long flagged = IntStream.range(0, TRIALS).filter(trial -> {
            TreeMap<String, Profile> window = new TreeMap<>();
            for (int i = 0; i < FEATURES; i++) {
                window.put("f" + i, samples.normal(samples.normalBaseline(5_000), rows, 0, 1));
            }
            return judge.judge(rows, window).status() != Status.STABLE;
        }).count();
        assertThat(flagged).as("of %d windows", TRIALS).isLessThanOrEqualTo(TRIALS / 100);
    }

    @Test
    void aShiftOfHalfADeviationIsCaughtInTwoHundredRows() {
        assertThat(share(trial -> drifts(trial, 200, 0.5, 1))).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void aSpreadOfOneAndAHalfIsCaughtInTwoHundredRows() {
        assertThat(share(trial -> drifts(trial, 200, 0, 1.5))).isGreaterThanOrEqualTo(0.90);
    }

    @Test
    void aHarmlessShiftOfATenthIsNeverDrift() {
        assertThat(share(trial -> drifts(trial, 5_000, 0.1, 1))).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500, 2_000, 20_000})
    void theSameShiftHasTheSameScoreAtAnySize(int rows) {
        Samples samples = new Samples(rows);
        Baseline.Numeric baseline = samples.normalBaseline(Samples.BASELINE_ROWS);
        double mean = IntStream.range(0, TRIALS)
                .mapToDouble(trial -> Divergence.debiasedPsi(ProfileCells.of(samples.normal(baseline, rows, 0.25, 1)).mergeRare()))
                .average().orElseThrow();
        assertThat(mean).isCloseTo(0.060, within(0.01));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 1_000, 5_000})
    void theScoreOfNoDriftIsZeroOnAverage(int rows) {
        Samples samples = new Samples(rows);
        double mean = IntStream.range(0, TRIALS)
                .mapToDouble(trial -> Divergence.debiasedPsi(
                        ProfileCells.of(samples.normal(samples.normalBaseline(5_000), rows, 0, 1)).mergeRare()))
                .average().orElseThrow();
        assertThat(mean).isCloseTo(0, within(0.005));
    }

    @Test
    void aSwapOfTheTwoMostFrequentCategoriesHasItsPublishedScore() {
        Samples samples = new Samples(5);
        double mean = IntStream.range(0, TRIALS).mapToDouble(trial -> Divergence.debiasedPsi(new Cells(
                samples.categories(10_000, 0.4, 0.3, 0.15, 0.1, 0.05),
                samples.categories(1_000, 0.3, 0.4, 0.15, 0.1, 0.05)).mergeRare())).average().orElseThrow();
        double expected = 2 * 0.1 * Math.log(0.4 / 0.3);
        assertThat(mean).isCloseTo(expected, within(0.01));
    }

    private boolean drifts(int trial, int rows, double mean, double deviation) {
        Samples samples = new Samples(1_000_003L * trial + rows);
        TreeMap<String, Profile> window = new TreeMap<>();
        for (int i = 0; i < FEATURES - 1; i++) {
            window.put("clean" + i, samples.normal(samples.normalBaseline(2_000), rows, 0, 1));
        }
        window.put("moved", samples.normal(samples.normalBaseline(Samples.BASELINE_ROWS), rows, mean, deviation));
        return judge.judge(rows, window).features().stream()
                .anyMatch(verdict -> verdict.name().equals("moved") && verdict instanceof FeatureVerdict.Drift);
    }

    private static double share(IntPredicate caught) {
        return IntStream.range(0, TRIALS).filter(caught).count() / (double) TRIALS;
    }
}

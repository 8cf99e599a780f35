package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.features.Baseline;
import dev.tideline.features.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** False alarms and power of the two-key rule against the figures that were measured for it. Seeds are fixed. */
class TwoKeyRuleTest {

    private static final WholeChecks NOTHING = new WholeChecks(Map.of(), List.of());
    private static final int FEATURES = 20;
    private static final int TRIALS = 200;
    private static final int PER_BASELINE = 20;
    private static final int POWER_TRIALS = 400;

    /** Any size may be judged, so that the rule itself is seen and not the limit on rows. */
    private final DriftJudge judge = new DriftJudge(new DriftProperties(0.005, 0.05, 0.10, 0.25, 1, 1, 0.3, 0, Map.of()));

    @ParameterizedTest
    @ValueSource(ints = {100, 200, 500, 2_000, 5_000})
    void cleanWindowsOfTwentyFeaturesStayGreen(int rows) {
        Samples samples = new Samples(rows);
        int windows = Math.max(TRIALS, 120_000 / rows);
        List<Baseline.Numeric> baselines = new ArrayList<>();
        long flagged = IntStream.range(0, windows).filter(trial -> {
            if (trial % PER_BASELINE == 0) {
                baselines.clear();
                IntStream.range(0, FEATURES).forEach(i -> baselines.add(samples.normalBaseline(5_000)));
            }
            TreeMap<String, Profile> window = new TreeMap<>();
            for (int i = 0; i < FEATURES; i++) {
                window.put("f" + i, samples.normal(baselines.get(i), rows, 0, 1));
            }
            return judge.judge(rows, window, NOTHING, Background.none()).status() != Status.STABLE;
        }).count();
        assertThat(flagged).as("of %d windows", windows).isLessThanOrEqualTo(windows / 100);
    }

    @Test
    void aShiftOfHalfADeviationIsCaughtInTwoHundredRows() {
        assertThat(caught(200, 0.5, 1)).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void aSpreadOfOneAndAHalfIsCaughtInTwoHundredRows() {
        assertThat(caught(200, 0, 1.5)).isGreaterThanOrEqualTo(0.90);
    }

    @Test
    void aHarmlessShiftOfATenthIsNotNoticed() {
        assertThat(caught(1_000, 0.1, 1)).isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 500, 2_000, 5_000})
    void theSameShiftHasTheSameScoreAtAnySize(int rows) {
        Samples samples = new Samples(11);
        Baseline.Numeric baseline = samples.normalBaseline(Samples.BASELINE_ROWS);
        assertThat(meanScore(samples, baseline, rows)).isCloseTo(meanScore(samples, baseline, 20_000), within(0.01));
    }

    private static double meanScore(Samples samples, Baseline.Numeric baseline, int rows) {
        return IntStream.range(0, TRIALS)
                .mapToDouble(trial -> Divergence.debiasedPsi(ProfileCells.of(samples.normal(baseline, rows, 0.25, 1)).mergeRare()))
                .average().orElseThrow();
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

    /** Share of windows in which the one moved feature among twenty is noticed. */
    private double caught(int rows, double mean, double deviation) {
        Samples samples = new Samples(rows);
        List<Baseline.Numeric> baselines = new ArrayList<>();
        int caught = 0;
        for (int trial = 0; trial < POWER_TRIALS; trial++) {
            if (trial % PER_BASELINE == 0) {
                baselines.clear();
                IntStream.range(0, FEATURES).forEach(i -> baselines.add(samples.normalBaseline(Samples.BASELINE_ROWS)));
            }
            TreeMap<String, Profile> window = new TreeMap<>();
            for (int i = 1; i < FEATURES; i++) {
                window.put("clean" + i, samples.normal(baselines.get(i), rows, 0, 1));
            }
            window.put("moved", samples.normal(baselines.getFirst(), rows, mean, deviation));
            caught += judge.judge(rows, window, NOTHING, Background.none()).features().stream().anyMatch(
                    verdict -> verdict.name().equals("moved") && !(verdict instanceof FeatureVerdict.Stable)) ? 1 : 0;
        }
        return caught / (double) POWER_TRIALS;
    }
}

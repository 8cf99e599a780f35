package dev.tideline.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The rates are measured on simulated models with fixed seeds: {@value #WORLDS} worlds, {@value #DRAWS} draws each, 95 % intervals. A rate
 * of 2.5 % is what the interval promises when models are equal; a bare comparison of figures promotes about half of them.
 */
class ComparisonTest {

    private static final int WORLDS = 300;
    private static final int DRAWS = 200;

    @ParameterizedTest(name = "{0} examples, {1}: {2}")
    @CsvSource({"100,accuracy", "400,accuracy", "400,logLoss", "400,auc", "400,f1", "1000,brier"})
    void equalModelsAreRarelyToldApart(int examples, String metric) {
        assertThat(rate(metric, random -> Worlds.independent(random, examples, 0.8, 0.8))).isLessThanOrEqualTo(0.035);
    }

    @ParameterizedTest(name = "{0} examples in runs of {1}")
    @CsvSource({"200,10", "400,10", "400,30", "1000,30", "1000,60"})
    void equalModelsThatTakeTurnsAreRarelyToldApart(int examples, double run) {
        assertThat(rate("accuracy", random -> Worlds.inRuns(random, examples, run, 0))).isLessThanOrEqualTo(0.06);
    }

    @Test
    void rowsTakenForIndependentWouldPromoteNoise() {
        // Why blocks are needed at all: single rows see a third of the spread.
        double fooled = rateOf(random -> Worlds.inRuns(random, 1_000, 60, 0), (candidate, champion) -> {
            double spread = 0;
            double mean = 0;
            var difference = Means.each(candidate.count(), i -> candidate.contributions("accuracy")[i] - champion.contributions("accuracy")[i]);
            for (double each : difference) {
                mean += each / difference.length;
                spread += each * each / difference.length;
            }
            return mean > 1.96 * Math.sqrt((spread - mean * mean) / difference.length);
        });

        assertThat(fooled).isGreaterThan(0.25);
    }

    @ParameterizedTest(name = "{0} examples, {1} against 0.8: at least {2}")
    @CsvSource({"400,0.9,0.85", "1000,0.85,0.65", "100,0.99,0.85", "200,0.6,0"})
    void aBetterModelIsSeen(int examples, double candidate, double least) {
        assertThat(rate("accuracy", random -> Worlds.independent(random, examples, candidate, 0.8))).isGreaterThanOrEqualTo(least);
    }

    @Test
    void aBetterModelIsSeenThroughRunsWhenThereAreEnough() {
        assertThat(rate("accuracy", random -> Worlds.inRuns(random, 1_000, 10, 0.1))).isGreaterThanOrEqualTo(0.8);
    }

    @Test
    void aModelThatBecameUselessIsReplacedOnFewExamples() {
        // What a strong drift does: 60 % against 92 % on two hundred examples.
        assertThat(rate("accuracy", random -> Worlds.independent(random, 200, 0.92, 0.6))).isEqualTo(1);
    }

    @Test
    void theIntervalOfIndependentRowsIsTheTextbooksOne() {
        // Paired differences with variance v: mean plus or minus 1.96 sqrt(v / n).
        var pair = Worlds.independent(new SplittableRandom(5), 20_000, 0.85, 0.8);
        var measured = measured("accuracy", pair, 1_000);

        double half = 1.96 * Math.sqrt((0.85 * 0.2 + 0.15 * 0.8 - 0.05 * 0.05) / 20_000);
        assertThat(measured.improvement()).isCloseTo(0.05, within(0.01));
        assertThat((measured.upper() - measured.lower()) / 2).isCloseTo(half, within(half * 0.25));
    }

    @Test
    void equalAnswersDifferByNothing() {
        var answers = Worlds.independent(new SplittableRandom(1), 300, 0.8, 0.8).candidate();

        var measured = measured("logLoss", new Worlds.Pair(answers, answers), 100);

        assertThat(measured.improvement()).isZero();
        assertThat(measured.lower()).isZero();
        assertThat(measured.upper()).isZero();
        assertThat(measured.blockLength()).isEqualTo(1);
    }

    @Test
    void theSameSeedGivesTheSameInterval() {
        var pair = Worlds.inRuns(new SplittableRandom(9), 300, 20, 0.05);

        assertThat(measured("auc", pair, 200)).isEqualTo(measured("auc", pair, 200));
    }

    @Test
    void exchangingTheModelsTurnsTheIntervalAround() {
        var pair = Worlds.inRuns(new SplittableRandom(9), 300, 20, 0.05);
        var forth = measured("brier", pair, 200);
        var back = measured("brier", new Worlds.Pair(pair.champion(), pair.candidate()), 200);

        assertThat(back.improvement()).isCloseTo(-forth.improvement(), within(1e-12));
        assertThat(back.lower()).isCloseTo(-forth.upper(), within(1e-12));
        assertThat(back.upper()).isCloseTo(-forth.lower(), within(1e-12));
    }

    @Test
    void aMetricThatOneModelLacksCannotBeCompared() {
        var broken = new Answers(1);
        broken.add(1, Float.NaN);
        broken.add(0, 0.5f);
        var fine = new Answers(1);
        fine.add(1, 0.7f);
        fine.add(0, 0.5f);

        assertThat(Comparison.of("accuracy", new BinaryRows(fine), new BinaryRows(broken), 0.95, 1, 50))
            .isEqualTo(new Comparison.Unmeasurable("champion's accuracy: answers: 1 of 2 are not finite (expected: none)"));
    }

    @Test
    void aSingleExampleOfAClassIsTooLittleForAnInterval() {
        var answers = new Answers(1);
        for (int i = 0; i < 100; i++) {
            answers.add(i == 7 ? 1 : 0, i / 100f);
        }

        assertThat(Comparison.of("auc", new BinaryRows(answers), new BinaryRows(answers), 0.95, 1, 100))
            .isInstanceOfSatisfying(Comparison.Unmeasurable.class, it -> assertThat(it.reason()).contains("resampled data sets"));
    }

    @Test
    void otherExamplesCannotBeCompared() {
        var one = new Answers(1);
        one.add(1, 0.5f);

        assertThatThrownBy(() -> Comparison.of("accuracy", new BinaryRows(one), new BinaryRows(new Answers(1)), 0.95, 1, 10))
            .hasMessage("examples: 1 and 0 (expected: the same)");
    }

    private static double rate(String metric, Function<SplittableRandom, Worlds.Pair> world) {
        return rateOf(world, (candidate, champion) ->
            Comparison.of(metric, candidate, champion, 0.95, 1, DRAWS) instanceof Comparison.Measured measured && measured.lower() > 0);
    }

    private interface Promotion {
        boolean decide(Rows candidate, Rows champion);
    }

    private static double rateOf(Function<SplittableRandom, Worlds.Pair> world, Promotion promotion) {
        int promoted = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            var pair = world.apply(new SplittableRandom(1_000 + seed));
            promoted += promotion.decide(new BinaryRows(pair.candidate()), new BinaryRows(pair.champion())) ? 1 : 0;
        }
        return (double) promoted / WORLDS;
    }

    private static Comparison.Measured measured(String metric, Worlds.Pair pair, int draws) {
        return (Comparison.Measured) Comparison.of(metric, new BinaryRows(pair.candidate()), new BinaryRows(pair.champion()), 0.95, 1, draws);
    }
}

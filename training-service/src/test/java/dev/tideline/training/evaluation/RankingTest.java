package dev.tideline.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {

    @Test
    void scikitLearnsOwnExampleGivesItsValues() {
        // Documentation of roc_auc_score and average_precision_score.
        var labels = new double[] {0, 0, 1, 1};
        var scores = new float[] {0.1f, 0.4f, 0.35f, 0.8f};

        assertThat(auc(labels, scores)).isEqualTo(0.75);
        assertThat(averagePrecision(labels, scores)).isCloseTo(0.8333333, within(1e-6));
    }

    @Test
    void theTwentyExamplesOfFawcettGiveTheirArea() {
        // Fawcett 2006, figure 3: 20 examples, 10 of each class, in falling order of score.
        var classes = "ppnpppnnpnpnpnnnpnpn";
        var labels = classes.chars().mapToDouble(c -> c == 'p' ? 1 : 0).toArray();
        var scores = new float[20];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 1 - i / 20f;
        }

        assertThat(auc(labels, scores)).isCloseTo(0.68, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void weightedAreaEqualsTheShareOfOrderedPairs(long seed) {
        var data = Data.random(seed, 150);
        double ordered = 0;
        double pairs = 0;
        for (int i = 0; i < 150; i++) {
            for (int j = 0; j < 150; j++) {
                if (data.labels[i] == 1 && data.labels[j] == 0) {
                    double weight = data.weights[i] * data.weights[j];
                    pairs += weight;
                    ordered += weight * (data.scores[i] > data.scores[j] ? 1 : data.scores[i] == data.scores[j] ? 0.5 : 0);
                }
            }
        }

        var auc = Ranking.auc(Ranking.order(data.scores), data.labels, data.scores, data.weights);

        assertThat(value(auc)).isCloseTo(ordered / pairs, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void averagePrecisionEqualsTheSumOverEveryThreshold(long seed) {
        var data = Data.random(seed, 120);
        var thresholds = IntStream.range(0, 120).mapToDouble(i -> -data.scores[i]).distinct().sorted().map(t -> -t).toArray();
        double positives = IntStream.range(0, 120).filter(i -> data.labels[i] == 1).mapToDouble(i -> data.weights[i]).sum();
        double sum = 0;
        double recallBefore = 0;
        for (double threshold : thresholds) {
            double taken = IntStream.range(0, 120).filter(i -> data.scores[i] >= threshold).mapToDouble(i -> data.weights[i]).sum();
            double found = IntStream.range(0, 120).filter(i -> data.scores[i] >= threshold && data.labels[i] == 1)
                .mapToDouble(i -> data.weights[i]).sum();
            if (taken > 0) {
                sum += (found / positives - recallBefore) * found / taken;
                recallBefore = found / positives;
            }
        }

        var precision = Ranking.averagePrecision(Ranking.order(data.scores), data.labels, data.scores, data.weights);

        assertThat(value(precision)).isCloseTo(sum, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8, 9})
    void wholeWeightsAreRepeatedExamples(long seed) {
        var random = new SplittableRandom(seed);
        var data = Data.random(seed, 60);
        var times = IntStream.range(0, 60).map(i -> random.nextInt(4)).toArray();
        var rows = IntStream.range(0, 60).flatMap(i -> IntStream.generate(() -> i).limit(times[i])).toArray();
        var labels = Arrays.stream(rows).mapToDouble(i -> data.labels[i]).toArray();
        var scores = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            scores[i] = data.scores[rows[i]];
        }
        var weights = Arrays.stream(times).asDoubleStream().toArray();

        assertThat(value(Ranking.auc(Ranking.order(data.scores), data.labels, data.scores, weights)))
            .isCloseTo(auc(labels, scores), within(1e-12));
        assertThat(value(Ranking.averagePrecision(Ranking.order(data.scores), data.labels, data.scores, weights)))
            .isCloseTo(averagePrecision(labels, scores), within(1e-12));
    }

    @Test
    void theOrderOfEqualScoresDoesNotMatter() {
        assertThat(auc(new double[] {1, 0, 0, 1}, new float[] {0.5f, 0.5f, 0.5f, 0.5f}))
            .isEqualTo(auc(new double[] {0, 1, 1, 0}, new float[] {0.5f, 0.5f, 0.5f, 0.5f})).isEqualTo(0.5);
        assertThat(averagePrecision(new double[] {1, 0, 0, 0}, new float[] {0f, -0f, 0f, 0f})).isEqualTo(0.25);
    }

    @Test
    void scoresOfEitherSignAreOrdered() {
        assertThat(Ranking.order(new float[] {1f, -2f, 0f, -1f, 3f, -0f})).startsWith(1, 3).endsWith(0, 4);
    }

    @Test
    void oneClassHasNoAreaAndSaysSo() {
        assertThat(Ranking.auc(new int[] {0, 1}, new double[] {1, 1}, new float[] {0.1f, 0.2f}, new double[] {1, 1}))
            .isEqualTo(new Metric.Undefined("negative examples: 0 (expected: at least 1 of each class)"));
        assertThat(Ranking.averagePrecision(new int[] {0}, new double[] {0}, new float[] {0.1f}, new double[] {1}))
            .isEqualTo(new Metric.Undefined("weight of positive examples: 0 (expected: above 0)"));
    }

    @Test
    void examplesOfNeitherClassAreLeftOut() {
        assertThat(auc(new double[] {0, -1, 1}, new float[] {0.2f, 0.9f, 0.5f})).isEqualTo(1);
        assertThat(averagePrecision(new double[] {0, -1, 1}, new float[] {0.2f, 0.9f, 0.5f})).isEqualTo(1);
    }

    private record Data(double[] labels, float[] scores, double[] weights) {

        static Data random(long seed, int count) {
            var random = new SplittableRandom(seed);
            var data = new Data(new double[count], new float[count], new double[count]);
            for (int i = 0; i < count; i++) {
                data.labels[i] = random.nextInt(3) == 0 ? 1 : 0;
                data.scores[i] = Math.round(random.nextDouble() * 15) / 15f;
                data.weights[i] = random.nextInt(5) == 0 ? 0 : random.nextDouble();
            }
            return data;
        }
    }

    private static double auc(double[] labels, float[] scores) {
        return value(Ranking.auc(Ranking.order(scores), labels, scores, ones(scores.length)));
    }

    private static double averagePrecision(double[] labels, float[] scores) {
        return value(Ranking.averagePrecision(Ranking.order(scores), labels, scores, ones(scores.length)));
    }

    private static double[] ones(int count) {
        var ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double value(Metric metric) {
        return ((Metric.Defined) metric).value();
    }
}

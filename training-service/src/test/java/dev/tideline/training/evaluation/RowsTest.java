package dev.tideline.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.training.model.Head;
import dev.tideline.training.model.Metrics;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values marked as scikit-learn's are the ones in the documentation of its metrics. */
class RowsTest {

    @Test
    void logLossAndBrierGiveScikitLearnsValues() {
        assertThat(binary("logLoss", "1 0 0 1", 0.9f, 0.1f, 0.2f, 0.65f)).isCloseTo(0.21616, within(1e-5));
        assertThat(binary("brier", "0 1 1 0", 0.1f, 0.9f, 0.8f, 0.3f)).isCloseTo(0.0375, within(1e-6));
    }

    @Test
    void regressionGivesScikitLearnsValues() {
        assertThat(number("mae", "3 -0.5 2 7", 2.5f, 0f, 2f, 8f)).isCloseTo(0.5, within(1e-9));
        assertThat(number("rmse", "3 -0.5 2 7", 2.5f, 0f, 2f, 8f)).isCloseTo(Math.sqrt(0.375), within(1e-9));
        assertThat(number("r2", "3 -0.5 2 7", 2.5f, 0f, 2f, 8f)).isCloseTo(0.948608137, within(1e-9));
    }

    @Test
    void macroF1GivesScikitLearnsValue() {
        var answers = new Answers(3);
        int[] labels = {0, 1, 2, 0, 1, 2};
        int[] said = {0, 2, 1, 0, 0, 1};
        for (int i = 0; i < labels.length; i++) {
            var row = new float[3];
            row[said[i]] = 1;
            answers.add(labels[i], row);
        }

        assertThat(value(new ClassRows(answers), "f1")).isCloseTo(0.8 / 3, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"0.1,0.03333333", "0.9,0.3"})
    void pinballLossGivesScikitLearnsValues(double quantile, double expected) {
        double mean = (Pinball.loss(1, 0, quantile) + Pinball.loss(2, 2, quantile) + Pinball.loss(3, 3, quantile)) / 3;

        assertThat(mean).isCloseTo(expected, within(1e-7));
    }

    @Test
    void pinballLossIsLeastAtTheQuantile() {
        var random = new SplittableRandom(3);
        var values = random.doubles(2_001).map(u -> -Math.log(u)).sorted().toArray();

        double best = Double.MAX_VALUE;
        double at = 0;
        for (double candidate : values) {
            double loss = Arrays.stream(values).map(value -> Pinball.loss(value, candidate, 0.8)).sum();
            at = loss < best ? candidate : at;
            best = Math.min(best, loss);
        }

        assertThat(at).isEqualTo(values[1_600]);
    }

    @Test
    void f1OfThePositiveClassBalancesPrecisionAndRecall() {
        // 2 found, 1 wrongly taken, 1 missed.
        assertThat(binary("f1", "1 1 1 0 0", 0.9f, 0.8f, 0.1f, 0.7f, 0.2f)).isCloseTo(2.0 * 2 / (2 * 2 + 1 + 1), within(1e-12));
    }

    @Test
    void f1IsUndefinedWhenNothingIsPositive() {
        assertThat(new BinaryRows(answers("0 0", 0.1f, 0.2f)).metric("f1", new double[] {1, 1}))
            .isEqualTo(new Metric.Undefined("examples of the class: 0 (expected: above 0)"));
    }

    @Test
    void calibrationErrorIsTheMeanGapOfTheBins() {
        // Two bins: four examples at 0.9 of which 3 came, four at 0.1 of which 2 came.
        double error = binary("ece", "1 1 1 0 1 1 0 0", 0.9f, 0.9f, 0.9f, 0.9f, 0.1f, 0.1f, 0.1f, 0.1f);

        assertThat(error).isCloseTo((0.15 + 0.4) / 2, within(1e-6));
    }

    @Test
    void aModelThatKeepsItsWordHasNoCalibrationError() {
        var random = new SplittableRandom(11);
        var answers = new Answers(1);
        for (int i = 0; i < 200_000; i++) {
            float p = (float) random.nextDouble();
            answers.add(random.nextDouble() < p ? 1 : 0, p);
        }

        assertThat(value(new BinaryRows(answers), "ece")).isLessThan(0.005);
        // E[(p - y)^2] = E[p (1 - p)] = 1/6 for uniform p.
        assertThat(value(new BinaryRows(answers), "brier")).isCloseTo(1.0 / 6, within(0.002));
        // E[-p log p - (1 - p) log(1 - p)] = 1/2.
        assertThat(value(new BinaryRows(answers), "logLoss")).isCloseTo(0.5, within(0.005));
        // P(positive above negative) for uniform p is 5/6.
        assertThat(value(new BinaryRows(answers), "auc")).isCloseTo(5.0 / 6, within(0.002));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wholeWeightsAreRepeatedExamplesForEveryMetric(long seed) {
        var random = new SplittableRandom(seed);
        var once = new Answers(3);
        var repeated = new Answers(3);
        for (int i = 0; i < 80; i++) {
            var row = new float[] {(float) random.nextDouble(), (float) random.nextDouble(), (float) random.nextDouble()};
            int label = random.nextInt(-1, 3);
            int times = random.nextInt(4);
            once.addWeighted(new double[] {label}, times, row);
            for (int k = 0; k < times; k++) {
                repeated.add(label, row);
            }
        }

        for (var name : Metrics.names(new Head.Multiclass())) {
            assertThat(value(new ClassRows(once), name)).as(name).isCloseTo(value(new ClassRows(repeated), name), within(1e-9));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void twoClassesAreJudgedAlikeInBothForms(long seed) {
        var random = new SplittableRandom(seed);
        var one = new Answers(1);
        var two = new Answers(2);
        for (int i = 0; i < 300; i++) {
            float p = (float) random.nextDouble();
            int label = random.nextInt(2);
            one.add(label, p);
            two.add(label, 1 - p, p);
        }
        var binary = new BinaryRows(one);
        var several = new ClassRows(two);

        assertThat(value(several, "accuracy")).isEqualTo(value(binary, "accuracy"));
        assertThat(value(several, "logLoss")).isCloseTo(value(binary, "logLoss"), within(1e-6));
        assertThat(value(several, "brier")).isCloseTo(2 * value(binary, "brier"), within(1e-6));
        assertThat(several.confusion()).isEqualTo(binary.confusion());
    }

    @Test
    void anAnswerThatIsNoNumberLeavesNoMetric() {
        var rows = new BinaryRows(answers("1 0 1", 0.9f, Float.NaN, Float.POSITIVE_INFINITY));

        for (var name : rows.names()) {
            assertThat(rows.metric(name, rows.weights())).as(name)
                .isEqualTo(new Metric.Undefined("answers: 2 of 3 are not finite (expected: none)"));
        }
    }

    @Test
    void aLabelThatIsNoNumberLeavesNoMetricOfRegression() {
        assertThat(new NumberRows(answers("1 NaN", 0.9f, 1f)).metric("mae", new double[] {1, 1}))
            .isEqualTo(new Metric.Undefined("labels: 1 of 2 are not finite (expected: none)"));
    }

    @Test
    void severalLabelsAreJudgedCellByCellAndF1LabelByLabel() {
        var answers = new Answers(2, 2);
        answers.add(new double[] {1, 0}, new float[] {0.9f, 0.6f});
        answers.add(new double[] {1, 1}, new float[] {0.2f, 0.7f});
        var rows = new LabelRows(answers);

        assertThat(value(rows, "accuracy")).isEqualTo(0.5);
        // First label: 1 found, 1 missed; second: 1 found, 1 wrongly taken.
        assertThat(value(rows, "f1")).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(value(rows, "logLoss")).isCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.2) + Math.log(0.7)) / 4, within(1e-6));
    }

    @Test
    void weightsCountForQuantiles() {
        var answers = new Answers(1);
        answers.addWeighted(new double[] {2}, 3, new float[] {1f});
        answers.addWeighted(new double[] {0}, 1, new float[] {1f});

        assertThat(value(new QuantileRows(answers, new Head.Quantile(java.util.List.of(0.5))), "quantileLoss")).isEqualTo(0.5);
        assertThat(value(new QuantileRows(answers, new Head.Quantile(java.util.List.of(0.9))), "quantileLoss"))
            .isCloseTo((3 * 0.9 + 0.1) / 4, within(1e-12));
    }

    @Test
    void noWeightLeavesNoMetric() {
        for (var rows : new Rows[] {new BinaryRows(answers("1", 0.9f)), new NumberRows(answers("1", 0.9f)),
            Rows.of(new Head.Multiclass(), new Answers(2))}) {
            for (var name : rows.names()) {
                assertThat(rows.metric(name, new double[rows.count()])).as(name).isInstanceOf(Metric.Undefined.class);
            }
        }
    }

    @Test
    void aMetricOfAnotherKindIsAMistakeOfTheCaller() {
        assertThatThrownBy(() -> new NumberRows(answers("1", 1f)).metric("auc", new double[] {1}))
            .hasMessage("metric: auc (expected: one of [rmse, mae, r2])");
    }

    private static double binary(String metric, String labels, float... scores) {
        return value(new BinaryRows(answers(labels, scores)), metric);
    }

    private static double number(String metric, String labels, float... scores) {
        return value(new NumberRows(answers(labels, scores)), metric);
    }

    private static Answers answers(String labels, float... scores) {
        var answers = new Answers(1);
        var parts = labels.split(" ");
        for (int i = 0; i < scores.length; i++) {
            answers.add(Double.parseDouble(parts[i]), scores[i]);
        }
        return answers;
    }

    private static double value(Rows rows, String metric) {
        var found = rows.metric(metric, rows.weights());
        assertThat(found).as(metric).isInstanceOf(Metric.Defined.class);
        return ((Metric.Defined) found).value();
    }
}

package dev.tideline.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.training.model.ClassWeights;
import dev.tideline.training.model.Head;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgeTest {

    private static final Head BINARY = new Head.Binary(null);

    @Test
    void accuracyCountsTheRightSideOfOneHalf() {
        var evaluation = Judge.evaluate(BINARY, binary(new double[] {1, 0, 1, 0}, 0.9f, 0.2f, 0.4f, 0.5f));

        assertThat(evaluation.metrics().get("accuracy")).isEqualTo(0.5);
        assertThat(evaluation.examples()).isEqualTo(4);
    }

    @Test
    void logLossIsTheMeanOfNegativeLogarithms() {
        var evaluation = Judge.evaluate(BINARY, binary(new double[] {1, 0}, 0.8f, 0.4f));

        assertThat(evaluation.metrics().get("logLoss")).isCloseTo(-(Math.log(0.8) + Math.log(0.6)) / 2, within(1e-6));
    }

    @Test
    void logLossStaysFiniteWhenAModelIsSureAndWrong() {
        var evaluation = Judge.evaluate(BINARY, binary(new double[] {1, 0}, 0f, 1f));

        assertThat(evaluation.metrics().get("logLoss")).isCloseTo(-Math.log(1e-7), within(1e-6));
    }

    @Test
    void aucIsOneForAPerfectOrderAndZeroForTheReverse() {
        assertThat(auc(new double[] {0, 0, 1, 1}, 0.1f, 0.2f, 0.3f, 0.4f)).isEqualTo(1);
        assertThat(auc(new double[] {1, 1, 0, 0}, 0.1f, 0.2f, 0.3f, 0.4f)).isEqualTo(0);
    }

    @Test
    void multilabelMetricsCountEveryCell() {
        var answers = new Answers(2, 2);
        answers.add(new double[] {1, 0}, new float[] {0.8f, 0.6f});
        answers.add(new double[] {0, 1}, new float[] {0.1f, 0.9f});

        var metrics = Judge.evaluate(new Head.Multilabel(List.of(), ClassWeights.none()), answers).metrics();

        assertThat(metrics.get("accuracy")).isEqualTo(0.75);
        assertThat(metrics.get("logLoss"))
            .isCloseTo(-(Math.log(0.8) + Math.log(0.4) + Math.log(0.9) + Math.log(0.9)) / 4, within(1e-6));
    }

    @Test
    void quantileMetricsAreThePinballLossAndTheCoverage() {
        var answers = new Answers(3);
        answers.add(10, 8f, 11f, 12f);
        answers.add(20, 1f, 2f, 3f);

        var metrics = Judge.evaluate(new Head.Quantile(List.of(0.1, 0.5, 0.9)), answers).metrics();

        assertThat(metrics.get("quantileLoss"))
            .isCloseTo((0.1 * 2 + 0.5 * 1 + 0.1 * 2 + 0.1 * 19 + 0.5 * 18 + 0.9 * 17) / 6, within(1e-9));
        assertThat(metrics.get("mae")).isEqualTo((1 + 18) / 2.0);
        assertThat(metrics.get("coverage")).isEqualTo(0.5);
    }

    @Test
    void tiesCountHalf() {
        assertThat(auc(new double[] {0, 1, 0, 1}, 0.5f, 0.5f, 0.5f, 0.5f)).isEqualTo(0.5);
        assertThat(auc(new double[] {0, 1, 1}, 0.3f, 0.3f, 0.9f)).isEqualTo(0.75);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aucEqualsTheShareOfOrderedPairs(long seed) {
        var random = new SplittableRandom(seed);
        var answers = new Answers(1);
        for (int i = 0; i < 200; i++) {
            answers.add(random.nextInt(2), Math.round(random.nextDouble() * 20) / 20f);
        }

        assertThat(Judge.evaluate(BINARY, answers).metrics().get("auc")).isCloseTo(orderedPairs(answers), within(1e-9));
    }

    @Test
    void aucIsAbsentWithOneClass() {
        var evaluation = Judge.evaluate(BINARY, binary(new double[] {1, 1}, 0.2f, 0.7f));

        assertThat(evaluation.metrics()).doesNotContainKey("auc").containsKeys("accuracy", "logLoss");
        assertThat(evaluation.undefined()).containsEntry("auc", "negative examples: 0 (expected: at least 1 of each class)");
    }

    @Test
    void aLabelThatIsNoClassIsWrongWhateverTheAnswer() {
        var evaluation = Judge.evaluate(BINARY, binary(new double[] {-1, -1}, 0.9f, 0.1f));

        assertThat(evaluation.metrics()).containsEntry("accuracy", 0.0).containsEntry("brier", 1.0).doesNotContainKey("ece");
    }

    @Test
    void multiclassTakesTheLargestProbability() {
        var answers = new Answers(3);
        answers.add(2, 0.1f, 0.2f, 0.7f);
        answers.add(0, 0.2f, 0.5f, 0.3f);

        var metrics = Judge.evaluate(new Head.Multiclass(), answers).metrics();

        assertThat(metrics.get("accuracy")).isEqualTo(0.5);
        assertThat(metrics.get("logLoss")).isCloseTo(-(Math.log(0.7) + Math.log(0.2)) / 2, within(1e-6));
    }

    @Test
    void anUnknownClassIsAlwaysWrong() {
        var answers = new Answers(2);
        answers.add(-1, 1f, 0f);

        var metrics = Judge.evaluate(new Head.Multiclass(), answers).metrics();

        assertThat(metrics.get("accuracy")).isEqualTo(0);
        assertThat(metrics.get("logLoss")).isGreaterThan(10);
    }

    @Test
    void regressionMeasuresDistances() {
        var metrics = Judge.evaluate(new Head.Regression(), binary(new double[] {1, 2, 3}, 1f, 4f, 2f)).metrics();

        assertThat(metrics.get("mae")).isCloseTo(1.0, within(1e-9));
        assertThat(metrics.get("rmse")).isCloseTo(Math.sqrt(5 / 3.0), within(1e-9));
        assertThat(metrics.get("r2")).isCloseTo(1 - 5 / 2.0, within(1e-9));
    }

    @Test
    void r2IsAbsentWhenAllLabelsAreEqual() {
        assertThat(Judge.evaluate(new Head.Regression(), binary(new double[] {2, 2}, 1f, 2f)).metrics()).doesNotContainKey("r2");
    }

    @Test
    void noExamplesGiveNoMetrics() {
        var evaluation = Judge.evaluate(BINARY, new Answers(1));

        assertThat(evaluation.examples()).isZero();
        assertThat(evaluation.metrics()).isEmpty();
        assertThat(evaluation.undefined()).hasSize(7).containsEntry("accuracy", "examples: 0 (expected: at least 1)");
    }

    @Test
    void slicesAreJudgedByThemselves() {
        var answers = binary(new double[] {1, 1, 0, 0}, 0.9f, 0.1f, 0.2f, 0.1f);

        var evaluation = Judge.evaluate(BINARY, answers, List.of(new Slice("s", "s=a", 0, 2), new Slice("s", "s=b", 1)));

        assertThat(evaluation.slices()).extracting(slice -> slice.metrics().get("accuracy")).containsExactly(1.0, 0.0);
        assertThat(evaluation.slices().get(1).undefined()).containsKey("auc");
        assertThat(evaluation.slices().get(1).examples()).isEqualTo(1);
    }

    @Test
    void whoWasTakenForWhomIsCounted() {
        var evaluation = Judge.evaluate(BINARY, binary(new double[] {1, 1, 0, 0, -1}, 0.9f, 0.1f, 0.2f, 0.6f, 0.9f));

        assertThat(evaluation.confusion()).isEqualTo(List.of(List.of(1.0, 1.0), List.of(1.0, 1.0)));
        assertThat(evaluation.calibration()).extracting(Evaluation.Bin::weight).containsExactly(1.0, 1.0, 1.0, 1.0);
    }

    @Test
    void aMatrixOfManyClassesIsLeftOut() {
        var answers = new Answers(51);
        answers.add(0, new float[51]);

        assertThat(Judge.evaluate(new Head.Multiclass(), answers).confusion()).isNull();
    }

    private static double auc(double[] labels, float... scores) {
        return Judge.evaluate(BINARY, binary(labels, scores)).metrics().get("auc");
    }

    private static Answers binary(double[] labels, float... scores) {
        var answers = new Answers(1);
        for (int i = 0; i < labels.length; i++) {
            answers.add(labels[i], scores[i]);
        }
        return answers;
    }

    private static double orderedPairs(Answers answers) {
        double right = 0;
        double pairs = 0;
        for (int i = 0; i < answers.count(); i++) {
            for (int j = 0; j < answers.count(); j++) {
                if (answers.label(i) == 1 && answers.label(j) == 0) {
                    pairs++;
                    int order = Float.compare(answers.score(i, 0), answers.score(j, 0));
                    right += order > 0 ? 1 : order == 0 ? 0.5 : 0;
                }
            }
        }
        return right / pairs;
    }
}

package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerFiguresTest {

    @Test
    void classesHaveTheirFiguresByHand() {
        Map<String, Double> figures = AnswerFigures.of(List.of(answer(0.9, true), answer(0.6, false), answer(0.4, true), answer(0.2, false)));
        assertThat(figures.get("accuracy")).isEqualTo(0.5);
        assertThat(figures.get("logLoss")).isCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.4) + Math.log(0.8)) / 4, within(1e-12));
        assertThat(figures.get("auc")).isEqualTo(0.75);
        assertThat(figures.get("brier")).isCloseTo((0.01 + 0.36 + 0.36 + 0.04) / 4, within(1e-12));
        assertThat(figures.get("calibrationError")).isCloseTo((0.1 + 1.2 - 0 + 0.2) / 4, within(1e-9));
    }

    @Test
    void equalScoresCountHalf() {
        assertThat(AnswerFigures.of(List.of(answer(0.7, true), answer(0.7, false))).get("auc")).isEqualTo(0.5);
    }

    @Test
    void theAreaUnderTheCurveEqualsTheShareOfPairsInOrder() {
        SplittableRandom random = new SplittableRandom(3);
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            double score = Math.round(random.nextDouble() * 20) / 20.0;
            answers.add(answer(score, random.nextDouble() < score));
        }
        double inOrder = 0;
        double pairs = 0;
        for (Answer a : answers) {
            for (Answer b : answers) {
                if (a instanceof Answer.Named p && b instanceof Answer.Named n && p.positive() && !n.positive()) {
                    pairs++;
                    inOrder += p.score() > n.score() ? 1 : p.score().equals(n.score()) ? 0.5 : 0;
                }
            }
        }
        assertThat(AnswerFigures.of(answers).get("auc")).isCloseTo(inOrder / pairs, within(1e-12));
    }

    @Test
    void oneClassAloneHasNoAreaUnderTheCurve() {
        assertThat(AnswerFigures.of(List.of(answer(0.7, true), answer(0.8, true)))).doesNotContainKey("auc").containsKey("logLoss");
    }

    @Test
    void classesWithoutProbabilitiesHaveAccuracyOnly() {
        assertThat(AnswerFigures.of(List.of(new Answer.Named(true, null, null, null)))).containsOnly(Map.entry("accuracy", 1.0));
    }

    @Test
    void aSureMistakeHasAFiniteLoss() {
        assertThat(AnswerFigures.of(List.of(answer(1, false))).get("logLoss")).isCloseTo(-Math.log(1e-7), within(1e-9));
    }

    @Test
    void severalAnswersHaveTheirFiguresByHand() {
        assertThat(AnswerFigures.of(List.of(several(1, 0.25, List.of(0), List.of(0)), several(0.5, 0.75, List.of(0, 1), List.of(0, 2)))))
                .containsOnly(Map.entry("accuracy", 0.75), Map.entry("exact", 0.5), Map.entry("logLoss", 0.5), Map.entry("microF1", 4 / 6.0),
                        Map.entry("macroF1", 1 / 3.0));
    }

    @Test
    void labelsThatAreNeverThereAndNeverSaidCountInNoF1() {
        assertThat(AnswerFigures.of(List.of(several(1, 0.25, List.of(), List.of())))).doesNotContainKeys("microF1", "macroF1");
    }

    @Test
    void windowsFromBeforePlacesWereKeptHaveNoF1() {
        assertThat(AnswerFigures.of(List.of(several(1, 0.25, List.of(1), List.of(1)), several(1, 0.25, null, null))))
                .containsKeys("accuracy", "exact").doesNotContainKeys("microF1", "macroF1");
    }

    private static Answer several(double share, double loss, @Nullable List<Integer> said, @Nullable List<Integer> meant) {
        return new Answer.Several(share, loss, said, meant);
    }

    @Test
    void numbersHaveTheirFiguresByHand() {
        assertThat(AnswerFigures.of(List.of(new Answer.Measured(3, 1), new Answer.Measured(1, 2))))
                .containsOnly(Map.entry("mae", 1.5), Map.entry("rmse", Math.sqrt(2.5)), Map.entry("bias", 0.5));
    }

    private static Answer answer(double score, boolean positive) {
        boolean right = score >= 0.5 == positive;
        return new Answer.Named(right, Math.max(score, 1 - score), positive ? score : 1 - score, score);
    }
}

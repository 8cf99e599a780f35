package dev.tideline.training.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void answersAreKeptInTheirOrder() {
        var answers = new Answers(2);
        for (int i = 0; i < 5_000; i++) {
            answers.add(i, i, -i);
        }

        assertThat(answers.count()).isEqualTo(5_000);
        assertThat(answers.label(4_321)).isEqualTo(4_321);
        assertThat(answers.score(4_321, 0)).isEqualTo(4_321);
        assertThat(answers.score(4_321, 1)).isEqualTo(-4_321);
    }

    @Test
    void aRowOfAnotherWidthIsRefused() {
        assertThatThrownBy(() -> new Answers(2).add(1, 0.5f)).hasMessage("answers: 1 (expected: 2)");
    }

    @Test
    void anExampleMayHaveSeveralLabels() {
        var answers = new Answers(2, 2);
        answers.add(new double[] {1, 0}, new float[] {0.7f, 0.6f});
        answers.add(new double[] {0, 1}, new float[] {0.1f, 0.2f});

        assertThat(answers.label(0, 0)).isEqualTo(1);
        assertThat(answers.label(1, 0)).isEqualTo(0);
        assertThat(answers.label(1, 1)).isEqualTo(1);
        assertThatThrownBy(() -> answers.add(1, 0.5f, 0.5f)).hasMessage("labels: 1 (expected: 2)");
    }

    @Test
    void answersOfTwoWorkersAreJudgedAsOne() {
        var first = new Answers(1);
        first.addWeighted(new double[] {1}, 2, new float[] {0.5f});
        var second = new Answers(1);
        second.add(0, 0.25f);

        first.addAll(second);

        assertThat(first.count()).isEqualTo(2);
        assertThat(first.weight(0)).isEqualTo(2);
        assertThat(first.score(1, 0)).isEqualTo(0.25f);
        assertThat(first.take(1, 0).label(1)).isEqualTo(1);
    }

    @Test
    void aWeightIsAtLeastZero() {
        assertThatThrownBy(() -> new Answers(1).addWeighted(new double[] {1}, -1, new float[1])).hasMessage("weight: -1.0 (expected: at least 0, finite)");
        assertThatThrownBy(() -> new Answers(1).addWeighted(new double[] {1}, Double.NaN, new float[1])).hasMessageContaining("weight: NaN");
    }
}

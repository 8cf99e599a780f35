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
}

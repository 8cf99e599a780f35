package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Baseline;
import dev.tideline.features.Kind;
import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputBaselinesTest {

    @Test
    void aBinaryModelHasProbabilitiesAndLabels() {
        var answers = new Answers(1);
        for (int i = 0; i < 100; i++) {
            answers.add(0, i / 100f);
        }
        var target = new FrozenTarget.Classes(Column.scalar("y", Kind.TEXT, null), List.of("no", "yes"));

        var baselines = OutputBaselines.of(new Head.Binary(null), target, answers);

        assertThat(baselines).containsOnlyKeys("output/probability", "output/label");
        assertThat(baselines.get("output/probability")).isInstanceOfSatisfying(Baseline.Numeric.class, numbers -> {
            assertThat(numbers.total()).isEqualTo(100);
            assertThat(numbers.edges()).hasSize(9);
        });
        assertThat(baselines.get("output/label")).isInstanceOfSatisfying(Baseline.Categorical.class, labels -> {
            assertThat(labels.values()).containsExactlyInAnyOrder("no", "yes");
            assertThat(labels.counts()).containsExactly(50, 50);
        });
    }

    @Test
    void aMulticlassModelHasLabels() {
        var answers = new Answers(3);
        answers.add(0, 0.2f, 0.7f, 0.1f);
        answers.add(0, 0.1f, 0.2f, 0.7f);
        answers.add(0, 0.2f, 0.1f, 0.7f);
        var target = new FrozenTarget.Classes(Column.scalar("y", Kind.INT, null), List.of("1", "5", "9"));

        var labels = (Baseline.Categorical) OutputBaselines.of(new Head.Multiclass(), target, answers).get("output/label");

        assertThat(labels.values()).containsExactly("9", "5");
        assertThat(labels.counts()).containsExactly(2, 1);
    }

    @Test
    void aRegressionHasPredictions() {
        var answers = new Answers(1);
        answers.add(0, 3f);
        answers.add(0, 5f);
        var target = new FrozenTarget.Number(Column.scalar("y", Kind.FLOAT, null), 0, 1);

        var baselines = OutputBaselines.of(new Head.Regression(), target, answers);

        assertThat(baselines).containsOnlyKeys("output/prediction");
        assertThat(((Baseline.Numeric) baselines.get("output/prediction")).mean()).isEqualTo(4);
    }
}

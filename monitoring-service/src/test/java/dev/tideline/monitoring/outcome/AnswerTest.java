package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void aRightClassIsRight() {
        assertThat(right(Feature.text("UP"), Feature.text("UP"))).isTrue();
        assertThat(right(Feature.longs(1), Feature.longs(1))).isTrue();
        assertThat(right(Feature.floats(1), Feature.longs(1))).isTrue();
    }

    @Test
    void anotherClassIsWrong() {
        assertThat(right(Feature.text("UP"), Feature.text("DOWN"))).isFalse();
        assertThat(right(Feature.longs(0), Feature.floats(1))).isFalse();
    }

    @Test
    void textEqualsNoNumber() {
        assertThat(right(Feature.text("1"), Feature.longs(1))).isFalse();
        assertThat(right(Feature.longs(1), Feature.text("1"))).isFalse();
    }

    @Test
    void oneProbabilityTellsConfidenceScoreAndTheChanceOfTheTruth() {
        Answer.Named named = named(Map.of("output/label", Feature.text("no"), "output/probability", Feature.floats(0.25f)), Feature.text("yes"));
        assertThat(named.confidence()).isEqualTo(0.75);
        assertThat(named.truth()).isEqualTo(0.25);
        assertThat(named.score()).isEqualTo(0.25);
        assertThat(named.positive()).isTrue();
    }

    @Test
    void theTrueClassIsNegativeWhenANegativeAnswerIsRight() {
        assertThat(named(Map.of("output/label", Feature.text("no"), "output/probability", Feature.floats(0.25f)), Feature.text("no"))
                .positive()).isFalse();
    }

    @Test
    void ofManyClassesTheTruthHasItsPlaceAmongTheProbabilities() {
        Answer.Named named = named(Map.of("output/label", Feature.longs(2),
                "output/probabilities", Feature.floats(0.1f, 0.3f, 0.6f)), Feature.longs(1));
        assertThat(named.confidence()).isCloseTo(0.6, within(1e-6));
        assertThat(named.truth()).isCloseTo(0.3, within(1e-6));
        assertThat(named.score()).isNull();
    }

    @Test
    void aClassInTextHasNoKnownPlaceWhenTheAnswerIsWrong() {
        assertThat(named(Map.of("output/label", Feature.text("a"), "output/probabilities", Feature.floats(0.7f, 0.3f)), Feature.text("b"))
                .truth()).isNull();
    }

    @Test
    void whatIsNoProbabilityIsNoConfidence() {
        assertThat(named(Map.of("output/label", Feature.longs(1), "output/probability", Feature.floats(Float.NaN)), Feature.longs(1))
                .confidence()).isNull();
        assertThat(named(Map.of("output/label", Feature.longs(1), "output/probability", Feature.floats(7)), Feature.longs(1))
                .confidence()).isNull();
    }

    @Test
    void aNumberIsMeasuredAgainstTheTruth() {
        assertThat(Answer.of(Example.of(Map.of("output/prediction", Feature.floats(3))), Feature.longs(5)))
                .hasValueSatisfying(answer -> assertThat(((Answer.Measured) answer).distance()).isEqualTo(2));
    }

    @Test
    void severalYesOrNoAnswersCountOneByOne() {
        Example said = Example.of(Map.of("output/probabilities", Feature.floats(0.75f, 0.25f, 0.5f)));
        assertThat(Answer.of(said, Feature.longs(1, 1, 1))).hasValueSatisfying(answer -> {
            assertThat(((Answer.Several) answer).share()).isCloseTo(2 / 3.0, within(1e-12));
            assertThat(((Answer.Several) answer).loss()).isCloseTo(-(Math.log(0.75) + Math.log(0.25) + Math.log(0.5)) / 3, within(1e-12));
            assertThat(((Answer.Several) answer).right()).isFalse();
            assertThat(((Answer.Several) answer).said()).containsExactly(0, 2);
            assertThat(((Answer.Several) answer).meant()).containsExactly(0, 1, 2);
        });
        assertThat(Answer.of(said, Feature.floats(1, 0, 1))).hasValueSatisfying(answer -> assertThat(((Answer.Several) answer).right()).isTrue());
    }

    @Test
    void severalAnswersThatCannotBeComparedAreNone() {
        Example said = Example.of(Map.of("output/probabilities", Feature.floats(0.75f, 0.25f)));
        assertThat(Answer.of(said, Feature.longs(1, 0, 1))).isEmpty();
        assertThat(Answer.of(said, Feature.longs(1, 2))).isEmpty();
        assertThat(Answer.of(Example.of(Map.of("output/probabilities", Feature.floats(Float.NaN, 0.5f))), Feature.longs(1, 0))).isEmpty();
    }

    @Test
    void whatDoesNotCompareIsNoAnswer() {
        assertThat(Answer.of(Example.of(Map.of("output/prediction", Feature.floats(3))), Feature.text("three"))).isEmpty();
        assertThat(Answer.of(Example.of(Map.of("output/prediction", Feature.floats(Float.NaN))), Feature.longs(1))).isEmpty();
        assertThat(Answer.of(Example.of(Map.of("output/embedding", Feature.floats(3))), Feature.longs(1))).isEmpty();
        assertThat(Answer.of(Example.of(Map.of("output/label", Feature.longs(3))), Feature.longs())).isEmpty();
    }

    private static boolean right(Feature predicted, Feature label) {
        return named(Map.of("output/label", predicted), label).right();
    }

    private static Answer.Named named(Map<String, Feature> prediction, Feature label) {
        return (Answer.Named) Answer.of(Example.of(prediction), label).orElseThrow();
    }
}

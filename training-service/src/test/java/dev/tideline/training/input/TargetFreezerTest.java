package dev.tideline.training.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.training.model.ClassWeights;
import dev.tideline.training.model.Head;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

class TargetFreezerTest {

    private static final Head BINARY = new Head.Binary(null);

    @Test
    void theLastOfTwoTextsIsPositive() {
        assertThat(classes(BINARY, Kind.TEXT, i -> i % 3 == 0 ? "UP" : "DOWN")).containsExactly("DOWN", "UP");
    }

    @Test
    void thePositiveClassMayBeNamed() {
        assertThat(classes(new Head.Binary("DOWN"), Kind.TEXT, i -> i % 3 == 0 ? "UP" : "DOWN")).containsExactly("UP", "DOWN");
    }

    @Test
    void aPositiveClassThatNeverComesIsRefused() {
        assertThatThrownBy(() -> classes(new Head.Binary("SIDEWAYS"), Kind.TEXT, i -> i % 3 == 0 ? "UP" : "DOWN"))
            .isInstanceOf(UntrainableDataException.class).hasMessageContaining("SIDEWAYS").hasMessageContaining("[DOWN, UP]");
    }

    @Test
    void integersAreOrderedAsNumbers() {
        assertThat(classes(new Head.Multiclass(), Kind.INT, i -> new int[] {10, 9, 100}[i % 3])).containsExactly("9", "10", "100");
    }

    @Test
    void aFloatLabelHasItsTwoEndsAsClasses() {
        assertThat(classes(BINARY, Kind.FLOAT, i -> (double) (i % 2))).containsExactly("0.0", "1.0");
    }

    @Test
    void theDomainNamesClassesThatDidNotCome() {
        var target = (FrozenTarget.Classes) freeze(new Head.Multiclass(), Kind.TEXT, i -> i % 2 == 0 ? "a" : "b",
            new Domain.Values(List.of("c", "b", "a")));

        assertThat(target.classes()).containsExactly("a", "b", "c");
    }

    @Test
    void oneClassTeachesNothing() {
        for (var head : List.of(BINARY, new Head.Multiclass())) {
            assertThatThrownBy(() -> classes(head, Kind.TEXT, i -> "a"))
                .isInstanceOf(UntrainableDataException.class)
                .hasMessage("label y: 1 class in the training split (expected: at least 2)");
        }
        assertThatThrownBy(() -> classes(BINARY, Kind.FLOAT, i -> 1.0)).hasMessageContaining("1 class");
    }

    @Test
    void threeClassesAreNotBinary() {
        assertThatThrownBy(() -> classes(BINARY, Kind.TEXT, i -> "abc".substring(i % 3, i % 3 + 1)))
            .hasMessage("label y: 3 classes [a, b, c] (expected: 2 for a binary head)");
    }

    @Test
    void aNumberIsTaughtByMeanAndDeviation() {
        var number = (FrozenTarget.Number) freeze(new Head.Regression(), Kind.FLOAT, i -> i % 2 == 0 ? 4.0 : 8.0, null);

        assertThat(number.mean()).isCloseTo(6, within(1e-9));
        assertThat(number.deviation()).isCloseTo(2, within(1e-9));
    }

    @Test
    void aConstantNumberIsNotDividedByZero() {
        assertThat(((FrozenTarget.Number) freeze(new Head.Regression(), Kind.INT, i -> 5, null)).deviation()).isEqualTo(1);
    }

    @Test
    void noLabelsTeachNothing() {
        assertThatThrownBy(() -> classes(BINARY, Kind.TEXT, i -> null)).hasMessageStartingWith("label y: 0 values");
    }

    @Test
    void balancedWeightsMakeEveryClassWeighTheSameTogether() {
        var head = new Head.Multiclass(new ClassWeights.Balanced());

        var target = (FrozenTarget.Classes) freeze(head, Kind.TEXT, i -> i < 5 ? "a" : i < 15 ? "b" : "c", null);

        assertThat(target.classes()).containsExactly("a", "b", "c");
        assertThat(target.weights()).containsExactly(30 / 15.0, 30 / 30.0, 30 / 45.0);
    }

    @Test
    void balancedWeightsOfAFloatLabelComeFromItsMean() {
        var head = new Head.Binary(null, new ClassWeights.Balanced());

        var target = (FrozenTarget.Classes) freeze(head, Kind.FLOAT, i -> i < 6 ? 1.0 : 0.0, null);

        assertThat(target.weights().get(0)).isCloseTo(30 / 48.0, within(1e-6));
        assertThat(target.weights().get(1)).isCloseTo(30 / 12.0, within(1e-6));
    }

    @Test
    void givenWeightsFollowTheOrderOfTheClasses() {
        var head = new Head.Binary("DOWN", new ClassWeights.Given(new TreeMap<>(Map.of("UP", 3.0))));

        var target = (FrozenTarget.Classes) freeze(head, Kind.TEXT, i -> i % 3 == 0 ? "UP" : "DOWN", null);

        assertThat(target.weights()).containsExactly(3.0, 1.0);
    }

    @Test
    void aWeightOfAClassThatDoesNotExistIsRefused() {
        var head = new Head.Binary(null, new ClassWeights.Given(new TreeMap<>(Map.of("SIDEWAYS", 3.0))));

        assertThatThrownBy(() -> freeze(head, Kind.TEXT, i -> i % 3 == 0 ? "UP" : "DOWN", null))
            .isInstanceOf(UntrainableDataException.class)
            .hasMessage("head/classWeights: SIDEWAYS (expected: one of [DOWN, UP], the classes of y)");
    }

    @Test
    void flagsAreNamedByTheirPlacesUnlessTheyHaveNames() {
        assertThat(flags(new Head.Multilabel(List.of(), ClassWeights.none()), 1).labels()).containsExactly("0", "1");
        var named = flags(new Head.Multilabel(List.of("rain", "wind"), new ClassWeights.Given(new TreeMap<>(Map.of("wind", 4.0)))), 1);
        assertThat(named.labels()).containsExactly("rain", "wind");
        assertThat(named.weights()).containsExactly(1.0, 4.0);
    }

    @Test
    void balancedFlagsWeighNoOverYes() {
        assertThat(flags(new Head.Multilabel(List.of(), new ClassWeights.Balanced()), 1).weights())
            .allSatisfy(weight -> assertThat(weight).isCloseTo(3, within(1e-9)));
    }

    @Test
    void flagsAreZeroAndOne() {
        assertThatThrownBy(() -> flags(new Head.Multilabel(List.of(), ClassWeights.none()), 2))
            .hasMessage("label y: 0.0 to 2.0 (expected: 0 and 1 for a multilabel head)");
    }

    @Test
    void asManyNamesAsFlags() {
        assertThatThrownBy(() -> flags(new Head.Multilabel(List.of("a", "b", "c"), ClassWeights.none()), 1))
            .hasMessage("head/multilabel/labels: 3 (expected: 2, the values of the label y)");
    }

    /** One flag of four is set, as {@code yes}. */
    private static FrozenTarget.Flags flags(Head.Multilabel head, long yes) {
        var schema = new Schema(1, List.of(new FeatureSpec("y", Kind.INT, List.of(2), true, null, null)), "y", null, null);
        var builder = new StatisticsBuilder(schema);
        for (int i = 0; i < 10; i++) {
            builder.add(Example.of(Map.of("y", Feature.longs(i % 2 == 0 ? yes : 0, 0))));
        }
        return (FrozenTarget.Flags) TargetFreezer.freeze(head, schema, builder.build());
    }

    private static List<String> classes(Head head, Kind kind, IntFunction<@Nullable Object> label) {
        return ((FrozenTarget.Classes) freeze(head, kind, label, null)).classes();
    }

    private static FrozenTarget freeze(Head head, Kind kind, IntFunction<@Nullable Object> label, @Nullable Domain domain) {
        var schema = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT),
            new FeatureSpec("y", kind, List.of(), true, domain, null)), "y", null, null);
        return TargetFreezer.freeze(head, schema,
            Summaries.of(schema, 30, i -> new Object[] {"x", (double) i, "y", label.apply(i)}));
    }
}

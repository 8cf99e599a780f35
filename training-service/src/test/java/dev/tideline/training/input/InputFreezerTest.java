package dev.tideline.training.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.training.input.FrozenInput.Frozen;
import dev.tideline.training.model.Input;
import dev.tideline.training.model.Transform;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputFreezerTest {

    private static final Schema SCHEMA = new Schema(1, List.of(
        FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("n", Kind.INT), FeatureSpec.scalar("same", Kind.FLOAT),
        FeatureSpec.scalar("word", Kind.TEXT),
        new FeatureSpec("optional", Kind.FLOAT, List.of(), false, null, null),
        new FeatureSpec("counted", Kind.INT, List.of(), false, null, null),
        new FeatureSpec("named", Kind.TEXT, List.of(), false, null, "none"),
        new FeatureSpec("never", Kind.FLOAT, List.of(), false, null, null)), null, null, null);

    /** x is 0, 1, … 100; n is 0 to 3; word is a (most), b or c (least). */
    private static final DatasetStatistics STATISTICS = Summaries.of(SCHEMA, 101, i -> new Object[] {
        "x", (double) i, "n", i % 4, "same", 7.0, "word", i % 10 < 6 ? "a" : i % 10 < 9 ? "b" : "c",
        "optional", i % 2 == 0 ? (Object) 4.0 : null, "counted", i % 2 == 0 ? (Object) (i % 4) : null, "named", "n"});

    @Test
    void standardisationTakesMeanAndDeviation() {
        var scale = (Frozen.Scale) freeze("x", new Transform.Standardise());

        assertThat(scale.offset()).isCloseTo(50, within(1e-9));
        assertThat(scale.scale()).isCloseTo(1 / Math.sqrt(850), within(1e-9));
    }

    @Test
    void aConstantIsNotDividedByZero() {
        assertThat(freeze("same", new Transform.Standardise())).isEqualTo(new Frozen.Scale(7, 1, 4));
        assertThat(freeze("same", new Transform.Standardise(0))).isEqualTo(new Frozen.Scale(7, 1));
        assertThat(freeze("same", new Transform.MinMax())).isEqualTo(new Frozen.Range(7, 8));
        assertThat(freeze("same", new Transform.Log())).isEqualTo(new Frozen.Log(Math.log1p(7), 1));
    }

    @Test
    void aRangeIsThatOfTheTrainingData() {
        assertThat(freeze("x", new Transform.MinMax())).isEqualTo(new Frozen.Range(0, 100));
    }

    @Test
    void clippingTakesTheGivenBounds() {
        assertThat(freeze("x", new Transform.Clip(-1, 1))).isEqualTo(new Frozen.Range(-1, 1));
    }

    @Test
    void aLogIsCentredOnItsRange() {
        var log = (Frozen.Log) freeze("x", new Transform.Log());

        assertThat(log.offset()).isCloseTo(Math.log1p(100) / 2, within(1e-9));
        assertThat(log.scale()).isCloseTo(2 / Math.log1p(100), within(1e-9));
    }

    @Test
    void bucketsHoldAboutEquallyManyValues() {
        var buckets = (Frozen.Buckets) freeze("x", new Transform.Bucketise(4));

        assertThat(buckets.edges()).hasSize(3).isSorted();
        assertThat(buckets.edges().get(1)).isCloseTo(50, within(1.0));
        assertThat(buckets.width(1)).isEqualTo(4);
    }

    @Test
    void bucketsOfFewValuesCollapse() {
        assertThat(((Frozen.Buckets) freeze("same", new Transform.Bucketise(10))).edges()).isEmpty();
        assertThat(((Frozen.Buckets) freeze("n", new Transform.Bucketise(100))).edges()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void aVocabularyStartsWithTheMostFrequentValue() {
        assertThat(freeze("word", new Transform.Vocabulary(2, 1))).isEqualTo(new Frozen.Vocabulary(List.of("a", "b"), 1));
        assertThat(freeze("word", new Transform.Vocabulary(2, 1)).width(1)).isEqualTo(3);
    }

    @Test
    void integersHaveVocabulariesToo() {
        assertThat(((Frozen.Vocabulary) freeze("n", new Transform.Vocabulary(9, 0))).values())
            .containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    @Test
    void anEmbeddingHasAVocabulary() {
        var embedding = (Frozen.Embedding) freeze("word", new Transform.Embedding(5, 2, 1));

        assertThat(embedding.vocabulary().values()).containsExactly("a", "b");
        assertThat(embedding.width(1)).isEqualTo(5);
    }

    @Test
    void aRequiredFeatureHasNoDefault() {
        assertThat(frozen("x", new Transform.Identity()).column().defaultValue()).isNull();
    }

    @Test
    void aMissingNumberIsTheMean() {
        assertThat(frozen("optional", new Transform.Identity()).column().defaultValue()).isEqualTo(4.0);
        assertThat(frozen("counted", new Transform.Identity()).column().defaultValue()).isEqualTo(1L);
    }

    @Test
    void theSchemasDefaultComesFirst() {
        assertThat(frozen("named", new Transform.Hash(2)).column().defaultValue()).isEqualTo("none");
    }

    @Test
    void aFeatureWithoutAnyValueCannotBeLearnt() {
        assertThatThrownBy(() -> freeze("never", new Transform.Standardise()))
            .isInstanceOf(UntrainableDataException.class).hasMessageStartingWith("input never: 0 values");
    }

    @Test
    void aFeatureThatTheVersionDoesNotHaveIsNamed() {
        assertThatThrownBy(() -> freeze("gone", new Transform.Standardise()))
            .isInstanceOf(UntrainableDataException.class).hasMessageStartingWith("input: gone");
    }

    private static Frozen freeze(String feature, Transform transform) {
        return frozen(feature, transform).transform();
    }

    private static FrozenInput frozen(String feature, Transform transform) {
        return new InputFreezer(SCHEMA, STATISTICS).freeze(List.of(new Input(feature, transform))).getFirst();
    }
}

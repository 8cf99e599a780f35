package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.Kind;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenInput.Frozen;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import dev.tideline.training.model.Dims;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** Each transformation against what it says it does. */
class InputNodesIT {

    private final Graph graph = new Graph();
    private final Nodes nodes = Nodes.of(graph);

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    void aScaleSubtractsAndMultiplies() {
        assertThat(floats(new Frozen.Scale(2, 0.5), 2, 4, -2)).containsExactly(0f, 1f, -2f);
    }

    @Test
    void aScaleWithALimitClipsOnBothSides() {
        assertThat(floats(new Frozen.Scale(2, 0.5, 4), 2, 10, 1e9f, -1e9f)).containsExactly(0f, 4f, 4f, -4f);
    }

    @Test
    void aRangeClipsToZeroAndOne() {
        assertThat(floats(new Frozen.Range(-10, 10), -50, -10, 0, 5, 10, 11)).containsExactly(0f, 0f, 0.5f, 0.75f, 1f, 1f);
    }

    @Test
    void aLogKeepsTheSign() {
        var values = floats(new Frozen.Log(0, 1), 0, 9, -9, 1e6f);

        assertThat(values[0]).isZero();
        assertThat(values[1]).isCloseTo((float) Math.log(10), within(1e-6f));
        assertThat(values[2]).isCloseTo((float) -Math.log(10), within(1e-6f));
        assertThat(values[3]).isCloseTo((float) Math.log1p(1e6), within(1e-5f));
    }

    @Test
    void anEdgeBelongsToTheUpperBucket() {
        assertThat(floats(new Frozen.Buckets(List.of(1.0, 5.0)), 0.9f, 1, 4.9f, 5)).containsExactly(
            1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1);
    }

    @Test
    void oneBucketIsAlwaysOne() {
        assertThat(floats(new Frozen.Buckets(List.of()), -3, 8)).containsExactly(1, 1);
    }

    @Test
    void integersAreTransformedAsNumbers() {
        assertThat(integers(new Frozen.Scale(1, 2), 1, 3)).containsExactly(0f, 4f);
    }

    @Test
    void aVocabularyIsOneHotWithABucketForTheRest() {
        assertThat(texts(new Frozen.Vocabulary(List.of("red", "blue"), 1), "blue", "red", "pink")).containsExactly(
            0, 1, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void withoutABucketAnUnknownValueIsAllZeros() {
        assertThat(texts(new Frozen.Vocabulary(List.of("red", "blue"), 0), "pink", "red")).containsExactly(0, 0, 1, 0);
    }

    @Test
    void unknownValuesSpreadOverSeveralBuckets() {
        var values = texts(new Frozen.Vocabulary(List.of("red"), 4), "a", "b", "c", "d", "e", "f", "g", "red");

        for (int row = 0; row < 8; row++) {
            float sum = 0;
            for (int i = 0; i < 5; i++) {
                sum += values[row * 5 + i];
            }
            assertThat(sum).as("row " + row).isEqualTo(1);
            assertThat(values[row * 5]).isEqualTo(row == 7 ? 1 : 0);
        }
    }

    @Test
    void textsAreComparedByBytes() {
        assertThat(texts(new Frozen.Vocabulary(List.of("zürich", "東京"), 1), "東京", "zürich", "Zürich")).containsExactly(
            0, 1, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void integersHaveVocabulariesToo() {
        assertThat(integers(new Frozen.Vocabulary(List.of("7", "-1"), 1), -1, 7, 8)).containsExactly(0, 1, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void aHashPutsEqualValuesInEqualBuckets() {
        var values = texts(new Frozen.Hash(8), "x", "y", "x");

        for (int i = 0; i < 8; i++) {
            assertThat(values[i]).isEqualTo(values[16 + i]);
        }
        assertThat(sum(values)).isEqualTo(3);
    }

    @Test
    void integersCanBeHashed() {
        assertThat(sum(integers(new Frozen.Hash(4), 1, 2, 3))).isEqualTo(3);
    }

    @Test
    void anEmbeddingPicksTheRowOfItsValue() {
        var embedding = new Frozen.Embedding(2, new Frozen.Vocabulary(List.of("red", "blue"), 1));

        var values = texts(embedding, "blue", "pink", "red");

        assertThat(values).containsExactly(10, 11, 20, 21, 0, 1);
    }

    @Test
    void aShapedFeatureIsTransformedValueByValue() {
        var column = new Column("x", Kind.TEXT, 2, false, null);
        var raw = nodes.reshape(nodes.vector("b", "a", "a", "z"), 2, 2);

        assertThat(run(column, raw, new Frozen.Vocabulary(List.of("a", "b"), 1))).containsExactly(
            0, 1, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1);
    }

    @Test
    void anUnknownValueWithoutABucketHasNoEmbedding() {
        var embedding = new Frozen.Embedding(2, new Frozen.Vocabulary(List.of("red", "blue", "green"), 0));

        assertThat(texts(embedding, "pink", "blue")).containsExactly(0, 0, 10, 11);
    }

    @Test
    void aLargeVocabularyFindsEveryValue() {
        var random = new SplittableRandom(5);
        var words = IntStream.range(0, 100_000).mapToObj(i -> "word-" + i * 7919L % 100_003).toList();
        var embedding = new Frozen.Embedding(1, new Frozen.Vocabulary(words, 3));
        var asked = IntStream.range(0, 500).map(i -> random.nextInt(100_000)).toArray();
        var raw = nodes.expand(nodes.vector(Arrays.stream(asked).mapToObj(words::get).toArray(String[]::new)), 1);

        // Row r of this table is r.
        var found = new LookupNodes(nodes, Sample.COLOUR, embedding.vocabulary()).rows(raw, nodes.reshape(nodes.cast(
            nodes.call("Range", nodes.constant(0), nodes.constant(100_003), nodes.constant(1)), DataType.DT_FLOAT), -1, 1));

        assertThat(fetch(found)).containsExactly(floatsOf(asked));
    }

    @Test
    void aLargeVocabularyPutsTheRestBehindItself() {
        var words = IntStream.range(0, 10_000).mapToObj(i -> "word-" + i).toList();
        var raw = nodes.expand(nodes.vector(IntStream.range(0, 300).mapToObj(i -> "other-" + i).toArray(String[]::new)), 1);
        var table = nodes.reshape(nodes.cast(
            nodes.call("Range", nodes.constant(0), nodes.constant(10_003), nodes.constant(1)), DataType.DT_FLOAT), -1, 1);

        var rows = fetch(new LookupNodes(nodes, Sample.COLOUR, new Frozen.Vocabulary(words, 3)).rows(raw, table));

        assertThat(rows).contains(10_000f, 10_001f, 10_002f);
        for (float row : rows) {
            assertThat(row).isBetween(10_000f, 10_002f);
        }
    }

    @Test
    void largeIntegersHaveExactVocabularies() {
        var values = List.of("9007199254740993", "-5", "9007199254740992", "0");

        assertThat(integers(new Frozen.Vocabulary(values, 1), 9007199254740992L, 9007199254740993L, 7L)).containsExactly(
            0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    }

    @Test
    void aCrossIsOneBucketPerCombination() {
        var cross = new Frozen.Cross(List.of(new Frozen.Part(Sample.COLOUR, List.of()), new Frozen.Part(Sample.COUNT, List.of()),
            new Frozen.Part(Sample.X, List.of(0.0, 10.0))), 1_000);
        var raw = Map.<String, Output<?>>of(
            "colour", nodes.expand(nodes.vector("a", "a", "a1", "a", "a"), 1),
            "count", nodes.expand(nodes.vector(1L, 1L, 1L, 11L, 1L), 1),
            "x", nodes.expand(nodes.vector(-3f, -4f, -3f, -3f, 5f), 1));

        var built = new InputNodes(nodes, new ServedVariables(), raw).build(new FrozenInput(Sample.COLOUR, cross), "input_0");
        var rows = fetch(nodes.cast(nodes.call("ArgMax", built.value(), nodes.constant(1)), DataType.DT_FLOAT));

        assertThat(built.dims()).isEqualTo(Dims.flat(1_000));
        assertThat(rows[0]).as("same bucket of x").isEqualTo(rows[1]);
        assertThat(List.of(rows[0], rows[2], rows[3], rows[4])).doesNotHaveDuplicates();
    }

    private float[] floats(Frozen transform, float... values) {
        return run(Column.scalar("x", Kind.FLOAT, null), nodes.expand(nodes.vector(values), 1), transform);
    }

    private float[] integers(Frozen transform, long... values) {
        return run(Column.scalar("x", Kind.INT, null), nodes.expand(nodes.vector(values), 1), transform);
    }

    private float[] texts(Frozen transform, String... values) {
        return run(Column.scalar("x", Kind.TEXT, null), nodes.expand(nodes.vector(values), 1), transform);
    }

    private float[] run(Column column, Output<?> raw, Frozen transform) {
        // Row r of a variable holds 10 r, 10 r + 1, …
        var table = new Variables() {
            @Override
            public Output<?> read(Nodes scope, String name, Initial initial, int... shape) {
                return nodes.reshape(nodes.vector(0f, 1f, 10f, 11f, 20f, 21f), shape);
            }

            @Override
            public Output<?> gathered(Nodes scope, String name, Initial initial, int... shape) {
                throw new UnsupportedOperationException(name);
            }

            @Override
            public void gather(String name, Output<?> difference) {
                throw new UnsupportedOperationException(name);
            }
        };
        var built = new InputNodes(nodes, table, Map.of(column.name(), raw)).build(new FrozenInput(column, transform), "input_0").value();
        return fetch(built);
    }

    private float[] fetch(Output<?> built) {
        try (var session = new Session(graph); var result = session.runner().fetch(built).run()) {
            return EvaluationData.floats((TFloat32) result.get(0));
        }
    }

    private static float[] floatsOf(int[] values) {
        var floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = values[i];
        }
        return floats;
    }

    private static float sum(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}

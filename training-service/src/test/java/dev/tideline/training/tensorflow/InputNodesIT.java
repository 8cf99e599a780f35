package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.Kind;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenInput.Frozen;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
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
        Variables table = (scope, name, initial, shape) -> nodes.reshape(nodes.vector(0f, 1f, 10f, 11f, 20f, 21f), shape);
        var built = InputNodes.build(nodes, table, new FrozenInput(column, transform), raw);
        try (var session = new Session(graph); var result = session.runner().fetch(built).run()) {
            return EvaluationData.floats((TFloat32) result.get(0));
        }
    }

    private static float sum(float[] values) {
        float sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }
}

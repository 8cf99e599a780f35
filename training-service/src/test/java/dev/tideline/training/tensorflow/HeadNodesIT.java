package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.Kind;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.ClassWeights;
import dev.tideline.training.model.Head;
import dev.tideline.training.network.NetworkPlan;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.types.TFloat32;

/** Losses and outputs of heads against their formulas in Java. */
class HeadNodesIT {

    private static final float[] LOGITS = {0.3f, -1.2f, 2f, -0.4f, 0.9f, -3f};

    private final Graph graph = new Graph();
    private final Nodes nodes = Nodes.of(graph);

    @AfterEach
    void close() {
        graph.close();
    }

    @Test
    void aBinaryLossIsCrossEntropyTimesTheWeightOfTheClass() {
        var target = new FrozenTarget.Classes(Column.scalar("y", Kind.TEXT, null), List.of("no", "yes"), List.of(0.5, 3.0));
        var head = heads(new Head.Binary(null), target);

        var losses = floats(head.losses(logits(6, 1), nodes.expand(nodes.vector("yes", "no", "yes", "no", "no", "yes"), 1)));

        boolean[] yes = {true, false, true, false, false, true};
        for (int i = 0; i < 6; i++) {
            double p = sigmoid(LOGITS[i]);
            assertThat(losses[i]).isCloseTo((float) (yes[i] ? -3 * Math.log(p) : -0.5 * Math.log(1 - p)), within(1e-5f));
        }
    }

    @Test
    void aMulticlassLossIsCrossEntropyTimesTheWeightOfTheClass() {
        var target = new FrozenTarget.Classes(Column.scalar("y", Kind.INT, null), List.of("0", "1", "2"), List.of(1.0, 2.0, 0.25));
        var head = heads(new Head.Multiclass(), target);

        var losses = floats(head.losses(logits(2, 3), nodes.expand(nodes.vector(2L, 1L), 1)));

        assertThat(losses[0]).isCloseTo((float) (-0.25 * Math.log(softmax(0, 2))), within(1e-5f));
        assertThat(losses[1]).isCloseTo((float) (-2 * Math.log(softmax(3, 1))), within(1e-5f));
    }

    @Test
    void aMultilabelLossIsTheMeanOverLabelsWithWeightsOnYes() {
        var head = heads(new Head.Multilabel(List.of(), ClassWeights.none()), flags(List.of(1.0, 4.0, 1.0)));

        var losses = floats(head.losses(logits(2, 3), nodes.reshape(nodes.vector(1L, 1L, 0L, 0L, 1L, 0L), 2, 3)));

        double[] weights = {1, 4, 1};
        int[] labels = {1, 1, 0, 0, 1, 0};
        for (int row = 0; row < 2; row++) {
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                double p = sigmoid(LOGITS[row * 3 + k]);
                sum -= labels[row * 3 + k] == 1 ? weights[k] * Math.log(p) : Math.log(1 - p);
            }
            assertThat(losses[row]).isCloseTo((float) (sum / 3), within(1e-5f));
        }
    }

    @Test
    void aMultilabelHeadAnswersEachLabelByItself() {
        var outputs = heads(new Head.Multilabel(List.of(), ClassWeights.none()), flags(List.of(1.0, 1.0, 1.0))).outputs(logits(2, 3));

        var probabilities = floats(outputs.get("probabilities"));
        for (int i = 0; i < 6; i++) {
            assertThat(probabilities[i]).isCloseTo((float) sigmoid(LOGITS[i]), within(1e-6f));
        }
        assertThat(floats(nodes.cast(outputs.get("labels"), org.tensorflow.proto.DataType.DT_FLOAT)))
            .containsExactly(1, 0, 1, 0, 1, 0);
    }

    @Test
    void aQuantileLossIsThePinballLossOfRisingQuantiles() {
        var quantiles = List.of(0.1, 0.5, 0.9);
        var head = heads(new Head.Quantile(quantiles), new FrozenTarget.Number(Column.scalar("y", Kind.FLOAT, null), 10, 4));

        var losses = floats(head.losses(logits(2, 3), nodes.expand(nodes.vector(12f, -30f), 1)));

        for (int row = 0; row < 2; row++) {
            double y = row == 0 ? 0.5 : -10;
            double value = 0;
            double sum = 0;
            for (int k = 0; k < 3; k++) {
                value += k == 0 ? LOGITS[row * 3] : Math.log1p(Math.exp(LOGITS[row * 3 + k]));
                double error = y - value;
                sum += Math.max(quantiles.get(k) * error, (quantiles.get(k) - 1) * error);
            }
            assertThat(losses[row]).isCloseTo((float) (sum / 3), within(1e-5f));
        }
    }

    @Test
    void quantilesNeverCrossAndSpeakTheLabelsUnit() {
        var head = heads(new Head.Quantile(List.of(0.05, 0.5, 0.95)),
            new FrozenTarget.Number(Column.scalar("y", Kind.FLOAT, null), 10, 4));

        var outputs = head.outputs(nodes.reshape(nodes.vector(1f, -50f, -50f, 0f, -1f, 3f), 2, 3));
        var quantiles = floats(outputs.get("quantiles"));

        for (int row = 0; row < 2; row++) {
            assertThat(quantiles[row * 3]).isLessThanOrEqualTo(quantiles[row * 3 + 1]);
            assertThat(quantiles[row * 3 + 1]).isLessThanOrEqualTo(quantiles[row * 3 + 2]);
        }
        assertThat(quantiles[0]).isCloseTo(14, within(1e-5f));
        assertThat(floats(outputs.get("prediction"))).containsExactly(quantiles[1], quantiles[4]);
    }

    @Test
    void gradientsOfNewHeadsAgreeWithFiniteDifferences() {
        agrees(heads(new Head.Quantile(List.of(0.2, 0.6, 0.8)), new FrozenTarget.Number(Column.scalar("y", Kind.FLOAT, null), 0, 1)),
            () -> nodes.expand(nodes.vector(0.05f, 4f), 1));
        agrees(heads(new Head.Multilabel(List.of(), ClassWeights.none()), flags(List.of(1.0, 2.0, 3.0))),
            () -> nodes.reshape(nodes.vector(1L, 0L, 0L, 1L, 1L, 0L), 2, 3));
    }

    private void agrees(HeadNodes head, java.util.function.Supplier<Output<?>> label) {
        Function<float[], Output<?>> loss = values ->
            nodes.sum(head.losses(nodes.reshape(nodes.vector(values), 2, 3), label.get()), 0);
        var x = nodes.vector(LOGITS);
        var gradient = floats(nodes.gradients(
            nodes.sum(head.losses(nodes.reshape(x, 2, 3), label.get()), 0), List.of(x)).getFirst());
        float step = 1e-2f;
        for (int i = 0; i < LOGITS.length; i++) {
            var up = LOGITS.clone();
            var down = LOGITS.clone();
            up[i] += step;
            down[i] -= step;
            float difference = (floats(loss.apply(up))[0] - floats(loss.apply(down))[0]) / (2 * step);
            assertThat(gradient[i]).as("d/dx" + i).isCloseTo(difference, within(2e-3f));
        }
    }

    private static FrozenTarget flags(List<Double> weights) {
        return new FrozenTarget.Flags(new Column("y", Kind.INT, 3, false, null), List.of("a", "b", "c"), weights);
    }

    private HeadNodes heads(Head head, FrozenTarget target) {
        return new HeadNodes(nodes, new NetworkPlan(Sample.inputs(), List.of(), head, target));
    }

    private Output<?> logits(int... shape) {
        return nodes.reshape(nodes.vector(LOGITS), shape);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softmax(int from, int of) {
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += Math.exp(LOGITS[from + k]);
        }
        return Math.exp(LOGITS[from + of]) / sum;
    }

    private float[] floats(Output<?> node) {
        try (var session = new Session(graph); var result = session.runner().fetch(node).run()) {
            return EvaluationData.floats((TFloat32) result.get(0));
        }
    }
}

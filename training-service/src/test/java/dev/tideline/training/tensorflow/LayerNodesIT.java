package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.training.model.Dims;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Layer.Padding;
import dev.tideline.training.model.Layer.Window;
import dev.tideline.training.model.Precision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/** Each layer against plain loops in Java, and its gradient against finite differences. */
class LayerNodesIT {

    private static final int ROWS = 2;
    private static final Dims IMAGE = Dims.image(5, 4, 2);

    private final Graph graph = new Graph();
    private final Nodes nodes = Nodes.of(graph);
    private final FixedVariables variables = new FixedVariables();
    private final Output<?> x = nodes.placeholder("x", DataType.DT_FLOAT, Shape.unknown());

    @AfterEach
    void close() {
        graph.close();
    }

    static Stream<Window> windows() {
        return Stream.of(new Window(3, 3, 1, Padding.SAME), new Window(2, 3, 1, Padding.VALID), new Window(3, 2, 2, Padding.SAME),
            new Window(2, 2, 2, Padding.VALID), new Window(1, 1, 3, Padding.SAME));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void aConvolutionSumsOverItsWindow(Window window) {
        var layer = new Layer.Conv2d(3, window, Activation.LINEAR, 0);
        var values = image();

        var out = run(layer, IMAGE, values, new Mode.Serving());

        var kernel = variables.values.get("l/kernel");
        var bias = variables.values.get("l/bias");
        var expected = slide(window, 3, values, (row, channel, cells) -> {
            double sum = bias[channel];
            for (var cell : cells) {
                for (int c = 0; c < 2; c++) {
                    sum += at(values, row, cell.y(), cell.x(), c) * kernel[((cell.dy() * window.width() + cell.dx()) * 2 + c) * 3 + channel];
                }
            }
            return sum;
        });
        assertThat(out).hasSameSizeAs(expected).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void aDepthwiseConvolutionKeepsChannelsApart(Window window) {
        var layer = new Layer.DepthwiseConv2d(2, window, Activation.LINEAR);
        var values = image();

        var out = run(layer, IMAGE, values, new Mode.Serving());

        var kernel = variables.values.get("l/kernel");
        var bias = variables.values.get("l/bias");
        var expected = slide(window, 4, values, (row, channel, cells) -> {
            double sum = bias[channel];
            for (var cell : cells) {
                sum += at(values, row, cell.y(), cell.x(), channel / 2)
                    * kernel[((cell.dy() * window.width() + cell.dx()) * 2 + channel / 2) * 2 + channel % 2];
            }
            return sum;
        });
        assertThat(out).hasSameSizeAs(expected).usingComparatorWithPrecision(1e-4f).containsExactly(expected);
    }

    @ParameterizedTest
    @MethodSource("windows")
    void poolsTakeTheLargestAndTheMeanOfWhatIsInside(Window window) {
        var values = image();

        var largest = run(new Layer.MaxPool(window), IMAGE, values, new Mode.Serving());
        var mean = run(new Layer.AveragePool(window), IMAGE, values, new Mode.Serving());

        assertThat(largest).containsExactly(slide(window, 2, values, (row, channel, cells) ->
            cells.stream().mapToDouble(cell -> at(values, row, cell.y(), cell.x(), channel)).max().orElseThrow()));
        assertThat(mean).usingComparatorWithPrecision(1e-5f).containsExactly(slide(window, 2, values, (row, channel, cells) ->
            cells.stream().mapToDouble(cell -> at(values, row, cell.y(), cell.x(), channel)).average().orElseThrow()));
    }

    @Test
    void globalPoolsReduceEachChannel() {
        var values = image();

        var largest = run(new Layer.GlobalMaxPool(), IMAGE, values, new Mode.Serving());
        var mean = run(new Layer.GlobalAveragePool(), IMAGE, values, new Mode.Serving());

        for (int row = 0; row < ROWS; row++) {
            for (int c = 0; c < 2; c++) {
                double max = Double.NEGATIVE_INFINITY;
                double sum = 0;
                for (int i = 0; i < 20; i++) {
                    max = Math.max(max, values[row * 40 + i * 2 + c]);
                    sum += values[row * 40 + i * 2 + c];
                }
                assertThat(largest[row * 2 + c]).isEqualTo((float) max);
                assertThat(mean[row * 2 + c]).isCloseTo((float) (sum / 20), within(1e-5f));
            }
        }
    }

    @Test
    void flatteningAndReshapingKeepTheOrder() {
        var values = image();

        assertThat(run(new Layer.Flatten(), IMAGE, values, new Mode.Serving())).containsExactly(values);
        assertThat(run(new Layer.Reshape(List.of(4, 2, 5)), IMAGE, values, new Mode.Serving())).containsExactly(values);
    }

    @Test
    void batchNormTakesTheFiguresOfTheBatchInTraining() {
        var norm = new Layer.BatchNorm(0.9, 1e-3);
        var values = image();

        var out = run(norm, IMAGE, values, training());

        var scale = variables.values.get("l/scale");
        var offset = variables.values.get("l/offset");
        for (int c = 0; c < 2; c++) {
            double mean = 0;
            for (int i = 0; i < 40; i++) {
                mean += values[i * 2 + c] / 40;
            }
            double variance = 0;
            for (int i = 0; i < 40; i++) {
                variance += Math.pow(values[i * 2 + c] - mean, 2) / 40;
            }
            for (int i = 0; i < 40; i++) {
                double expected = (values[i * 2 + c] - mean) / Math.sqrt(variance + 1e-3) * scale[c] + offset[c];
                assertThat(out[i * 2 + c]).isCloseTo((float) expected, within(1e-4f));
            }
            var difference = fetch(variables.gathered.get("l/moving_mean"), values, IMAGE);
            assertThat(difference[c]).isCloseTo((float) (0.1 * (mean - variables.values.get("l/moving_mean")[c])), within(1e-5f));
            difference = fetch(variables.gathered.get("l/moving_variance"), values, IMAGE);
            assertThat(difference[c]).isCloseTo((float) (0.1 * (variance - variables.values.get("l/moving_variance")[c])), within(1e-5f));
        }
    }

    @Test
    void batchNormTakesItsMovingAveragesInServing() {
        var values = flat(3);

        var out = run(new Layer.BatchNorm(0.9, 1e-3), Dims.flat(3), values, new Mode.Serving());

        for (int i = 0; i < out.length; i++) {
            int c = i % 3;
            double expected = (values[i] - variables.values.get("l/moving_mean")[c])
                / Math.sqrt(variables.values.get("l/moving_variance")[c] + 1e-3) * variables.values.get("l/scale")[c]
                + variables.values.get("l/offset")[c];
            assertThat(out[i]).isCloseTo((float) expected, within(1e-4f));
        }
        assertThat(variables.gathered).isEmpty();
    }

    @Test
    void aStandInLeavesNoTraceInMovingAverages() {
        var values = flat(3);

        run(new Layer.BatchNorm(0.9, 1e-3), Dims.flat(3), values, new Mode.Training(nodes.constant(0L), 0, 1, nodes.constant(0f)));

        assertThat(fetch(variables.gathered.get("l/moving_mean"), values, Dims.flat(3))).usingComparatorWithPrecision(0f)
            .containsExactly(0, 0, 0);
        assertThat(fetch(variables.gathered.get("l/moving_variance"), values, Dims.flat(3))).usingComparatorWithPrecision(0f)
            .containsExactly(0, 0, 0);
    }

    @Test
    void aResidualAddsWhatFlowsIn() {
        var values = flat(3);
        var layer = new Layer.Residual(List.of(new Layer.Activate(Activation.TANH)), Activation.RELU);

        var out = run(layer, Dims.flat(3), values, new Mode.Serving());

        for (int i = 0; i < out.length; i++) {
            assertThat(out[i]).isCloseTo((float) Math.max(0, values[i] + Math.tanh(values[i])), within(1e-5f));
        }
    }

    @Test
    void aResidualOfAnotherShapeIsProjected() {
        var layer = new Layer.Residual(List.of(new Layer.Conv2d(3, new Window(3, 3, 2, Padding.SAME), Activation.LINEAR, 0)), Activation.LINEAR);

        var out = run(layer, IMAGE, image(), new Mode.Serving());

        assertThat(out).hasSize(ROWS * 3 * 2 * 3);
        assertThat(variables.values.get("l/projection/kernel")).hasSize(2 * 3);
        assertThat(run(new Layer.Residual(List.of(new Layer.Dense(5, Activation.LINEAR, 0)), Activation.LINEAR),
            Dims.flat(3), flat(3), new Mode.Serving())).hasSize(ROWS * 5);
    }

    @Test
    void theGroupLassoIsTheLengthOfEachInputsWeights() {
        var layers = layers(training());
        layers.build(new Layer.Dense(5, Activation.LINEAR, 0, 0.25), "l", Sized.flat(x, 3));

        var kernel = variables.values.get("l/kernel");
        double lengths = 0;
        for (int input = 0; input < 3; input++) {
            double squares = 0;
            for (int unit = 0; unit < 5; unit++) {
                squares += kernel[input * 5 + unit] * kernel[input * 5 + unit];
            }
            lengths += Math.sqrt(squares);
        }
        assertThat(fetch(layers.penalties().getFirst(), flat(3), Dims.flat(3))[0]).isCloseTo((float) (0.25 * lengths), within(1e-4f));
    }

    @Test
    void branchesStandSideBySideOrAreAdded() {
        var named = new LinkedHashMap<String, Layer.Branch>();
        named.put("plain", new Layer.Branch(List.of(), List.of()));
        named.put("positive", new Layer.Branch(List.of(), List.of(new Layer.Activate(Activation.RELU))));
        var values = new float[] {1, -2, 3, -4, 5, -6};

        assertThat(run(new Layer.Branches(named, Layer.Combine.CONCAT), Dims.flat(3), values, new Mode.Serving()))
            .containsExactly(1, -2, 3, 1, 0, 3, -4, 5, -6, 0, 5, 0);
        assertThat(run(new Layer.Branches(named, Layer.Combine.ADD), Dims.flat(3), values, new Mode.Serving()))
            .containsExactly(2, -2, 6, -4, 10, -6);
    }

    @Test
    void layersTakeInputsByName() {
        var inputs = Map.of("side", List.of(Sized.flat(nodes.reshape(nodes.vector(7f, 8f), 2, 1), 1)));
        var branches = new Layer.Branches(Map.of("one", new Layer.Branch(List.of("side"), List.of())), Layer.Combine.CONCAT);
        var layers = new LayerNodes(nodes, variables, new Mode.Serving(), new Casts(Precision.FLOAT32), inputs);
        var values = new float[] {1, 2, 3, 4};

        var concat = layers.build(new Layer.Concat(List.of("side")), "a", Sized.flat(x, 2)).value();
        var branch = layers.build(branches, "b", Sized.flat(x, 2)).value();

        assertThat(fetch(concat, values, Dims.flat(2))).containsExactly(1, 2, 7, 3, 4, 8);
        assertThat(fetch(branch, values, Dims.flat(2))).containsExactly(7, 8);
    }

    static Stream<Layer> imageLayers() {
        var window = new Window(3, 2, 2, Padding.SAME);
        return Stream.of(new Layer.Conv2d(3, window, Activation.TANH, 0), new Layer.DepthwiseConv2d(2, window, Activation.SIGMOID),
            new Layer.MaxPool(window), new Layer.AveragePool(window), new Layer.GlobalMaxPool(), new Layer.GlobalAveragePool(),
            new Layer.BatchNorm(0.9, 1e-3), new Layer.LayerNorm(), new Layer.Flatten(),
            new Layer.Residual(List.of(new Layer.Conv2d(2, window, Activation.TANH, 0)), Activation.SOFTPLUS));
    }

    @ParameterizedTest
    @MethodSource("imageLayers")
    void gradientsAgreeWithFiniteDifferences(Layer layer) {
        var values = image();
        var y = layers(training()).build(layer, "l", new Sized(x, IMAGE)).value();
        // Squares, so that normalised values do not add up to a constant.
        var loss = nodes.call("Sum", nodes.call("Mul", nodes.call("Square", y), nodes.constant(0.5f)),
            nodes.call("Range", nodes.constant(0), nodes.call("Rank", y), nodes.constant(1)));
        var gradient = fetch(nodes.gradients(loss, List.of(x)).getFirst(), values, IMAGE);

        float step = 1e-2f;
        for (int i = 0; i < values.length; i++) {
            var up = values.clone();
            var down = values.clone();
            up[i] += step;
            down[i] -= step;
            float difference = (fetch(loss, up, IMAGE)[0] - fetch(loss, down, IMAGE)[0]) / (2 * step);
            assertThat(gradient[i]).as("d/dx" + i).isCloseTo(difference, within(0.02f + 0.02f * Math.abs(difference)));
        }
    }

    private Mode training() {
        return new Mode.Training(nodes.constant(0L), 0, 1, nodes.constant(1f));
    }

    private LayerNodes layers(Mode mode) {
        return new LayerNodes(nodes, variables, mode, new Casts(Precision.FLOAT32), Map.of());
    }

    private float[] run(Layer layer, Dims dims, float[] values, Mode mode) {
        return fetch(layers(mode).build(layer, "l", new Sized(x, dims)).value(), values, dims);
    }

    private float[] fetch(Output<?> node, float[] values, Dims dims) {
        var shape = new long[dims.sizes().size() + 1];
        shape[0] = values.length / dims.count();
        for (int i = 1; i < shape.length; i++) {
            shape[i] = dims.sizes().get(i - 1);
        }
        try (var session = new Session(graph); var fed = TFloat32.tensorOf(Shape.of(shape), DataBuffers.of(values));
                var result = session.runner().feed(x, fed).fetch(node).run()) {
            return EvaluationData.floats((TFloat32) result.get(0));
        }
    }

    /** Two images of 5 by 4 with two channels; no two numbers are close, so that the largest is clear. */
    private static float[] image() {
        var order = new SplittableRandom(3);
        var values = new float[ROWS * 40];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i - 40) / 20f;
        }
        for (int i = values.length - 1; i > 0; i--) {
            int other = order.nextInt(i + 1);
            float held = values[i];
            values[i] = values[other];
            values[other] = held;
        }
        return values;
    }

    private static float[] flat(int width) {
        return java.util.Arrays.copyOf(image(), ROWS * width);
    }

    private static float at(float[] values, int row, int y, int x, int c) {
        return values[((row * 5 + y) * 4 + x) * 2 + c];
    }

    private record Cell(int y, int x, int dy, int dx) {}

    private interface Reduction {
        double of(int row, int channel, List<Cell> inside);
    }

    /** TensorFlow's padding: SAME puts the odd place behind. */
    private static float[] slide(Window window, int channels, float[] values, Reduction reduction) {
        int height = window.padding() == Padding.SAME ? Math.ceilDiv(5, window.stride()) : (5 - window.height()) / window.stride() + 1;
        int width = window.padding() == Padding.SAME ? Math.ceilDiv(4, window.stride()) : (4 - window.width()) / window.stride() + 1;
        int top = window.padding() == Padding.SAME ? Math.max(0, (height - 1) * window.stride() + window.height() - 5) / 2 : 0;
        int left = window.padding() == Padding.SAME ? Math.max(0, (width - 1) * window.stride() + window.width() - 4) / 2 : 0;
        var out = new float[ROWS * height * width * channels];
        int index = 0;
        for (int row = 0; row < ROWS; row++) {
            for (int oy = 0; oy < height; oy++) {
                for (int ox = 0; ox < width; ox++) {
                    var cells = new java.util.ArrayList<Cell>();
                    for (int dy = 0; dy < window.height(); dy++) {
                        for (int dx = 0; dx < window.width(); dx++) {
                            int y = oy * window.stride() + dy - top;
                            int x = ox * window.stride() + dx - left;
                            if (y >= 0 && y < 5 && x >= 0 && x < 4) {
                                cells.add(new Cell(y, x, dy, dx));
                            }
                        }
                    }
                    for (int channel = 0; channel < channels; channel++) {
                        out[index++] = (float) reduction.of(row, channel, cells);
                    }
                }
            }
        }
        return out;
    }
}

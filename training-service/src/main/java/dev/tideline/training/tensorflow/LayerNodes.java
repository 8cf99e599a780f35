package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Dims;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Shapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Layers as nodes; collects the penalties that layers put on their weights. Shapes come from {@link Shapes}. */
final class LayerNodes {

    /** Keeps the gradient of a row's length finite where the row is zero; small against any weight that matters. */
    private static final float SMALLEST_SQUARE = 1e-6f;

    private final Nodes nodes;
    private final Variables variables;
    private final Mode mode;
    private final Casts casts;
    private final Map<String, List<Sized>> inputs;
    private final ImageNodes images;
    private final NormNodes norms;
    private final Shapes shapes;
    private final List<Output<?>> penalties = new ArrayList<>();

    /** @param inputs transformed inputs by name, for layers that ask for them */
    LayerNodes(Nodes nodes, Variables variables, Mode mode, Casts casts, Map<String, List<Sized>> inputs) {
        this.nodes = nodes;
        this.variables = variables;
        this.mode = mode;
        this.casts = casts;
        this.inputs = inputs;
        images = new ImageNodes(nodes, casts);
        norms = new NormNodes(nodes, variables);
        var dims = new LinkedHashMap<String, List<Dims>>();
        inputs.forEach((name, parts) -> dims.put(name, parts.stream().map(Sized::dims).toList()));
        shapes = new Shapes(dims, new ArrayList<>());
    }

    List<Output<?>> penalties() {
        return penalties;
    }

    /** The layers one after the other; {@code prefix} keys their variables. */
    Sized chain(List<Layer> layers, String prefix, Sized x) {
        var value = x;
        int index = 0;
        for (var layer : layers) {
            value = build(layer, prefix + "layer_" + index++, value);
        }
        return value;
    }

    Sized build(Layer layer, String name, Sized x) {
        var dims = Objects.requireNonNull(shapes.after(layer, name, x.dims()), () -> "shape of " + name);
        var value = switch (layer) {
            case Layer.Dense dense -> dense(dense, name, x);
            case Layer.Dropout dropout -> drop(dropout.rate(), name, x.value());
            case Layer.LayerNorm norm -> norms.layer(name, x);
            case Layer.BatchNorm norm -> norms.batch(norm, name, x, mode);
            case Layer.Activate activate -> activate(activate.activation(), x.value());
            case Layer.Conv2d conv -> {
                var kernel = kernel(name, conv.window(), x.dims().last(), conv.filters(), conv.l2());
                yield activate(conv.activation(), biased(name, images.convolve(x.value(), kernel, conv.window()), conv.filters()));
            }
            case Layer.DepthwiseConv2d conv -> {
                var window = conv.window();
                int area = window.height() * window.width();
                var kernel = variables.read(nodes, name + "/kernel", new Initial.Glorot(area, (long) area * conv.multiplier()),
                    window.height(), window.width(), x.dims().last(), conv.multiplier());
                yield activate(conv.activation(), biased(name, images.convolveEach(x.value(), kernel, window), dims.last()));
            }
            case Layer.MaxPool pool -> images.largest(x.value(), pool.window());
            case Layer.AveragePool pool -> images.mean(x.value(), pool.window());
            case Layer.GlobalMaxPool pool -> nodes.call("Max", x.value(), nodes.vector(1, 2));
            case Layer.GlobalAveragePool pool -> nodes.call("Mean", x.value(), nodes.vector(1, 2));
            case Layer.Flatten flatten -> shaped(x.value(), dims);
            case Layer.Reshape reshape -> shaped(x.value(), dims);
            case Layer.Concat concat -> {
                var named = named(concat.inputs()).value();
                yield x.dims().equals(Dims.NOTHING) ? named : nodes.concat(List.of(x.value(), named), -1);
            }
            case Layer.Residual residual -> residual(residual, name, x);
            case Layer.Branches branches -> branches(branches, name, x);
        };
        return new Sized(value, dims);
    }

    /** Inputs of these names side by side. */
    Sized named(Iterable<String> names) {
        var parts = new ArrayList<Output<?>>();
        Dims dims = Dims.NOTHING;
        for (var name : names) {
            for (var part : inputs.getOrDefault(name, List.of())) {
                parts.add(part.value());
                dims = parts.size() == 1 ? part.dims() : dims.withLast(dims.last() + part.dims().last());
            }
        }
        // Branches that all name their inputs get nothing, and take nothing.
        return new Sized(parts.isEmpty() ? nodes.constant(0f) : nodes.concat(parts, -1), dims);
    }

    private Output<?> dense(Layer.Dense dense, String name, Sized x) {
        int width = x.dims().last();
        var kernel = variables.read(nodes, name + "/kernel", new Initial.Glorot(width, dense.units()), width, dense.units());
        penalise(kernel, dense.l2(), 2);
        penaliseInputs(kernel, dense.groupLasso());
        var product = casts.full(nodes, nodes.call("MatMul", casts.reduced(nodes, x.value()), casts.reduced(nodes, kernel)));
        return activate(dense.activation(), biased(name, product, dense.units()));
    }

    private Output<?> kernel(String name, Layer.Window window, int in, int out, double l2) {
        long area = (long) window.height() * window.width();
        var kernel = variables.read(nodes, name + "/kernel", new Initial.Glorot(area * in, area * out),
            window.height(), window.width(), in, out);
        penalise(kernel, l2, 4);
        return kernel;
    }

    private Output<?> biased(String name, Output<?> sum, int width) {
        return nodes.call("BiasAdd", sum, variables.read(nodes, name + "/bias", new Initial.Constant(0), width));
    }

    private void penaliseInputs(Output<?> kernel, double groupLasso) {
        if (groupLasso > 0) {
            var squares = nodes.call("AddV2", nodes.sum(nodes.call("Square", kernel), 1), nodes.constant(SMALLEST_SQUARE));
            penalties.add(nodes.call("Mul", nodes.sum(nodes.call("Sqrt", squares), 0), nodes.constant((float) groupLasso)));
        }
    }

    private void penalise(Output<?> kernel, double l2, int rank) {
        if (l2 > 0) {
            var axes = rank == 2 ? new int[] {0, 1} : new int[] {0, 1, 2, 3};
            penalties.add(nodes.call("Mul", nodes.sum(nodes.call("Square", kernel), axes), nodes.constant((float) l2)));
        }
    }

    private Output<?> residual(Layer.Residual residual, String name, Sized x) {
        var inner = chain(residual.layers(), name + "/", x);
        Output<?> skip;
        if (x.dims().equals(inner.dims())) {
            skip = x.value();
        } else if (inner.dims().isFlat()) {
            skip = dense(new Layer.Dense(inner.dims().last(), Activation.LINEAR, 0), name + "/projection", x);
        } else {
            int stride = Shapes.stride(x.dims(), inner.dims());
            var window = new Layer.Window(1, 1, stride, Layer.Padding.SAME);
            int channels = inner.dims().last();
            var kernel = kernel(name + "/projection", window, x.dims().last(), channels, 0);
            skip = biased(name + "/projection", images.convolve(x.value(), kernel, window), channels);
        }
        return activate(residual.activation(), nodes.call("AddV2", inner.value(), skip));
    }

    private Output<?> branches(Layer.Branches branches, String name, Sized x) {
        var ends = new ArrayList<Output<?>>();
        branches.named().forEach((key, branch) ->
            ends.add(chain(branch.layers(), name + "/" + key + "/", branch.inputs().isEmpty() ? x : named(branch.inputs())).value()));
        return switch (branches.combine()) {
            case CONCAT -> nodes.concat(ends, -1);
            case ADD -> nodes.op("AddN").list(ends.toArray(Output<?>[]::new)).out();
        };
    }

    private Output<?> shaped(Output<?> x, Dims dims) {
        var shape = new int[dims.sizes().size() + 1];
        shape[0] = -1;
        for (int i = 1; i < shape.length; i++) {
            shape[i] = dims.sizes().get(i - 1);
        }
        return nodes.reshape(x, shape);
    }

    private Output<?> activate(Activation activation, Output<?> x) {
        return switch (activation) {
            case LINEAR -> x;
            case RELU -> nodes.call("Relu", x);
            case TANH -> nodes.call("Tanh", x);
            case SIGMOID -> nodes.call("Sigmoid", x);
            case ELU -> nodes.call("Elu", x);
            case SELU -> nodes.call("Selu", x);
            case SOFTPLUS -> nodes.call("Softplus", x);
        };
    }

    private Output<?> drop(double rate, String name, Output<?> x) {
        return switch (mode) {
            case Mode.Serving serving -> x;
            case Mode.Training training -> {
                long key = training.seed() + 31L * name.hashCode() + 0x9E3779B97F4A7C15L * (training.replica() + 1);
                var seed = nodes.op("Pack").list(nodes.constant(key), training.step()).out();
                var shape = nodes.op("Shape").in(x).attr("out_type", DataType.DT_INT32).out();
                var draw = nodes.op("StatelessRandomUniform").in(shape, seed).attr("dtype", DataType.DT_FLOAT).out();
                var keep = nodes.cast(nodes.call("GreaterEqual", draw, nodes.constant((float) rate)), DataType.DT_FLOAT);
                yield nodes.call("Mul", x, nodes.call("Mul", keep, nodes.constant((float) (1 / (1 - rate)))));
            }
        };
    }
}

package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Layers as nodes; collects the penalties that layers put on their weights. */
final class LayerNodes {

    private static final float LAYER_NORM_EPSILON = 1e-3f;

    private final Nodes nodes;
    private final Variables variables;
    private final Mode mode;
    private final List<Output<?>> penalties = new ArrayList<>();

    LayerNodes(Nodes nodes, Variables variables, Mode mode) {
        this.nodes = nodes;
        this.variables = variables;
        this.mode = mode;
    }

    List<Output<?>> penalties() {
        return penalties;
    }

    /** {@code x} is {@code [rows, width]}; {@code name} keys the layer's variables. */
    Sized build(Layer layer, String name, Sized x) {
        return switch (layer) {
            case Layer.Dense dense -> {
                var kernel = variables.read(nodes, name + "/kernel", new Initial.Glorot(x.width(), dense.units()),
                    x.width(), dense.units());
                var bias = variables.read(nodes, name + "/bias", new Initial.Constant(0), dense.units());
                if (dense.l2() > 0) {
                    penalties.add(nodes.call("Mul", nodes.sum(nodes.call("Square", kernel), 0, 1),
                        nodes.constant((float) dense.l2())));
                }
                var sum = nodes.call("BiasAdd", nodes.call("MatMul", x.value(), kernel), bias);
                yield new Sized(activate(dense.activation(), sum), dense.units());
            }
            case Layer.Dropout dropout -> new Sized(drop(dropout.rate(), name, x.value()), x.width());
            case Layer.LayerNorm norm -> new Sized(normalise(name, x), x.width());
        };
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

    private Output<?> normalise(String name, Sized x) {
        var scale = variables.read(nodes, name + "/scale", new Initial.Constant(1), x.width());
        var offset = variables.read(nodes, name + "/offset", new Initial.Constant(0), x.width());
        var mean = mean(x.value());
        var centred = nodes.call("Sub", x.value(), mean);
        var variance = mean(nodes.call("Square", centred));
        var inverse = nodes.call("Rsqrt", nodes.call("AddV2", variance, nodes.constant(LAYER_NORM_EPSILON)));
        return nodes.call("AddV2", nodes.call("Mul", nodes.call("Mul", centred, inverse), scale), offset);
    }

    private Output<?> mean(Output<?> x) {
        return nodes.op("Mean").in(x, nodes.vector(1)).attr("keep_dims", true).out();
    }

    /** A value and its width, which TensorFlow's shape inference does not always know. */
    record Sized(Output<?> value, int width) {}
}

package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Layer;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Normalising layers as nodes. */
final class NormNodes {

    private static final float LAYER_NORM_EPSILON = 1e-3f;

    private final Nodes nodes;
    private final Variables variables;

    NormNodes(Nodes nodes, Variables variables) {
        this.nodes = nodes;
        this.variables = variables;
    }

    Output<?> layer(String name, Sized x) {
        var mean = mean(x.value());
        var centred = nodes.call("Sub", x.value(), mean);
        var variance = mean(nodes.call("Square", centred));
        return scaled(name, x, centred, variance, LAYER_NORM_EPSILON);
    }

    Output<?> batch(Layer.BatchNorm norm, String name, Sized x, Mode mode) {
        int channels = x.dims().last();
        var movingMean = variables.gathered(nodes, name + "/moving_mean", new Initial.Constant(0), channels);
        var movingVariance = variables.gathered(nodes, name + "/moving_variance", new Initial.Constant(1), channels);
        return switch (mode) {
            case Mode.Serving serving ->
                scaled(name, x, nodes.call("Sub", x.value(), movingMean), movingVariance, (float) norm.epsilon());
            case Mode.Training training -> {
                int axes = x.dims().sizes().size();
                var values = nodes.constant((float) (x.dims().count() / channels));
                var count = nodes.call("Mul", nodes.cast(nodes.rowCount(x.value()), DataType.DT_FLOAT), values);
                var mean = nodes.call("DivNoNan", nodes.sum(x.value(), upTo(axes)), count);
                var centred = nodes.call("Sub", x.value(), mean);
                var variance = nodes.call("DivNoNan", nodes.sum(nodes.call("Square", centred), upTo(axes)), count);
                var step = nodes.call("Mul", nodes.constant((float) (1 - norm.momentum())), training.present());
                variables.gather(name + "/moving_mean", nodes.call("Mul", nodes.call("Sub", mean, movingMean), step));
                variables.gather(name + "/moving_variance", nodes.call("Mul", nodes.call("Sub", variance, movingVariance), step));
                yield scaled(name, x, centred, variance, (float) norm.epsilon());
            }
        };
    }

    private Output<?> scaled(String name, Sized x, Output<?> centred, Output<?> variance, float epsilon) {
        int channels = x.dims().last();
        var scale = variables.read(nodes, name + "/scale", new Initial.Constant(1), channels);
        var offset = variables.read(nodes, name + "/offset", new Initial.Constant(0), channels);
        var inverse = nodes.call("Rsqrt", nodes.call("AddV2", variance, nodes.constant(epsilon)));
        return nodes.call("AddV2", nodes.call("Mul", nodes.call("Mul", centred, inverse), scale), offset);
    }

    private Output<?> mean(Output<?> x) {
        return nodes.op("Mean").in(x, nodes.vector(-1)).attr("keep_dims", true).out();
    }

    private static int[] upTo(int count) {
        var axes = new int[count];
        for (int i = 0; i < count; i++) {
            axes[i] = i;
        }
        return axes;
    }
}

package dev.tideline.training.tensorflow;

import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** First value of a variable. */
sealed interface Initial {

    /** Every element {@code value}. */
    record Constant(float value) implements Initial {}

    /** Uniform in ±sqrt(6 / (fanIn + fanOut)), as Glorot and Bengio (2010) propose. */
    record Glorot(long fanIn, long fanOut) implements Initial {}

    /** Uniform in ±{@code bound}. */
    record Uniform(float bound) implements Initial {}

    /** The value as a node; equal seeds give equal values on every machine. */
    default Output<?> value(Nodes nodes, long seed, int... shape) {
        return switch (this) {
            case Constant constant -> nodes.call("Fill", nodes.vector(shape), nodes.constant(constant.value()));
            case Glorot glorot -> uniform(nodes, seed, (float) Math.sqrt(6.0 / (glorot.fanIn() + glorot.fanOut())), shape);
            case Uniform uniform -> uniform(nodes, seed, uniform.bound(), shape);
        };
    }

    private static Output<?> uniform(Nodes nodes, long seed, float bound, int... shape) {
        var unit = nodes.op("StatelessRandomUniform").in(nodes.vector(shape), nodes.vector(seed, 0L))
            .attr("dtype", DataType.DT_FLOAT).out();
        return nodes.call("Mul", nodes.call("Sub", unit, nodes.constant(0.5f)), nodes.constant(2 * bound));
    }
}

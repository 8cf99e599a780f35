package dev.tideline.training.tensorflow;

import java.util.List;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.proto.DataType;

/**
 * Makes nodes of one graph on one device, by the names of TensorFlow's operations. Untyped on purpose: operations whose types
 * depend on data (parsed features, resource variables) have no useful static type, and several that are needed here have
 * no class in TensorFlow Java.
 */
final class Nodes {

    private final Graph graph;
    private final Ops ops;

    private Nodes(Graph graph, Ops ops) {
        this.graph = graph;
        this.ops = ops;
    }

    public static Nodes of(Graph graph) {
        return new Nodes(graph, Ops.create(graph));
    }

    /** The same graph, on {@code device}. */
    public Nodes on(DeviceSpec device) {
        return new Nodes(graph, ops.withDevice(device));
    }

    /** The same graph and device, with names below {@code name}. */
    public Nodes under(String name) {
        return new Nodes(graph, ops.withSubScope(name));
    }

    public Graph graph() {
        return graph;
    }

    /** An operation named after its type. */
    public NodeBuilder op(String type) {
        return new NodeBuilder(ops.scope(), type, type);
    }

    /** An operation with a name of its own, unique within the scope. */
    public NodeBuilder op(String type, String name) {
        Scope scope = ops.scope();
        return new NodeBuilder(scope, type, name);
    }

    public Output<?> constant(float value) {
        return ops.constant(value).asOutput();
    }

    public Output<?> constant(int value) {
        return ops.constant(value).asOutput();
    }

    public Output<?> constant(long value) {
        return ops.constant(value).asOutput();
    }

    public Output<?> constant(String value) {
        return ops.constant(value).asOutput();
    }

    public Output<?> vector(float... values) {
        return ops.array(values).asOutput();
    }

    public Output<?> vector(int... values) {
        return ops.array(values).asOutput();
    }

    public Output<?> vector(long... values) {
        return ops.array(values).asOutput();
    }

    public Output<?> vector(String... values) {
        return ops.array(values).asOutput();
    }

    public Output<?> placeholder(String name, DataType type, Shape shape) {
        return op("Placeholder", name).attr("dtype", type).attr("shape", shape).out();
    }

    /** An operation of one or more inputs and no attributes, such as {@code AddV2}. */
    public Output<?> call(String type, Output<?>... inputs) {
        return op(type).in(inputs).out();
    }

    public Output<?> cast(Output<?> value, DataType type) {
        return op("Cast").in(value).attr("DstT", type).out();
    }

    public Output<?> reshape(Output<?> value, int... shape) {
        return call("Reshape", value, vector(shape));
    }

    public Output<?> expand(Output<?> value, int axis) {
        return call("ExpandDims", value, constant(axis));
    }

    /** Concatenates along {@code axis}; a single part is passed through. */
    public Output<?> concat(List<Output<?>> parts, int axis) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        return op("ConcatV2").list(parts.toArray(Output<?>[]::new)).in(constant(axis)).out();
    }

    public Output<?> sum(Output<?> value, int... axes) {
        return call("Sum", value, vector(axes));
    }

    /** Rows {@code [from, to)} of a tensor of any rank; both are int32 scalars. */
    public Output<?> rows(Output<?> value, Output<?> from, Output<?> to) {
        return op("StridedSlice").in(value, expand(from, 0), expand(to, 0), vector(1)).out();
    }

    /** Number of rows, int32. */
    public Output<?> rowCount(Output<?> value) {
        return call("Squeeze", op("StridedSlice")
            .in(op("Shape").in(value).attr("out_type", DataType.DT_INT32).out(), vector(0), vector(1), vector(1)).out());
    }

    /** d{@code y}/d{@code x} for each {@code x}, by TensorFlow's C++ gradient registry. */
    public List<Output<?>> gradients(Output<?> y, List<Output<?>> xs) {
        return Gradients.create(ops.scope(), y, xs).dy();
    }
}

package dev.tideline.training.tensorflow;

import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Scope;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;

/** One operation under construction: inputs in the order of its definition, then attributes, then {@link #out()}. */
final class NodeBuilder {

    private final OperationBuilder builder;

    NodeBuilder(Scope scope, String type, String name) {
        builder = scope.opBuilder(type, name);
    }

    /** Adds single inputs. */
    public NodeBuilder in(Output<?>... inputs) {
        for (var input : inputs) {
            builder.addInput(input);
        }
        return this;
    }

    /** Adds one input that is a list. */
    public NodeBuilder list(Output<?>... inputs) {
        builder.addInputList(inputs);
        return this;
    }

    public NodeBuilder after(Operation... operations) {
        for (var operation : operations) {
            builder.addControlInput(operation);
        }
        return this;
    }

    public NodeBuilder attr(String name, String value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, long value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, long[] value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, float value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, boolean value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, DataType value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, DataType[] value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, Shape value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, Shape[] value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, String[] value) {
        builder.setAttr(name, value);
        return this;
    }

    public NodeBuilder attr(String name, AttrValue value) {
        builder.setAttr(name, value);
        return this;
    }

    public Operation build() {
        return builder.build();
    }

    /** The first output of the built operation. */
    public Output<?> out() {
        return build().output(0);
    }

    /** Every output of the built operation. */
    public Output<?>[] outs() {
        var operation = build();
        var outputs = new Output<?>[operation.numOutputs()];
        for (int i = 0; i < outputs.length; i++) {
            outputs[i] = operation.output(i);
        }
        return outputs;
    }
}

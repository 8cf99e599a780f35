package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import dev.tideline.training.network.NetworkPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Heads as nodes: the loss that trains them, and the outputs that a served model gives. */
final class HeadNodes {

    private final Nodes nodes;
    private final NetworkPlan plan;

    HeadNodes(Nodes nodes, NetworkPlan plan) {
        this.nodes = nodes;
        this.plan = plan;
    }

    /** Loss of each example, {@code [rows]}. Built from operations that have a C++ gradient. */
    Output<?> losses(Output<?> logits, Output<?> label) {
        return switch (plan.head()) {
            case Head.Binary binary -> {
                var x = nodes.reshape(logits, -1);
                var z = nodes.reshape(column(classes(label), 1), -1);
                // -z*log(p) - (1-z)*log(1-p) without overflow.
                yield nodes.call("Sub", nodes.call("Softplus", x), nodes.call("Mul", x, z));
            }
            // The sparse form has no C++ gradient.
            case Head.Multiclass multiclass -> nodes.call("SoftmaxCrossEntropyWithLogits", logits, classes(label));
            case Head.Regression regression -> {
                var target = (FrozenTarget.Number) plan.target();
                var y = nodes.call("Mul", nodes.call("Sub", nodes.cast(label, DataType.DT_FLOAT),
                    nodes.constant((float) target.mean())), nodes.constant((float) (1 / target.deviation())));
                yield nodes.reshape(nodes.call("SquaredDifference", logits, y), -1);
            }
        };
    }

    Map<String, Output<?>> outputs(Output<?> logits) {
        var outputs = new LinkedHashMap<String, Output<?>>();
        switch (plan.head()) {
            case Head.Binary binary -> {
                var probability = nodes.call("Sigmoid", nodes.reshape(logits, -1));
                outputs.put("probability", probability);
                outputs.put("label", pick(nodes.cast(
                    nodes.call("GreaterEqual", probability, nodes.constant(0.5f)), DataType.DT_INT32)));
            }
            case Head.Multiclass multiclass -> {
                var probabilities = nodes.call("Softmax", logits);
                outputs.put("probabilities", probabilities);
                outputs.put("label", pick(nodes.call("ArgMax", probabilities, nodes.constant(1))));
            }
            case Head.Regression regression -> {
                var target = (FrozenTarget.Number) plan.target();
                outputs.put("prediction", nodes.call("AddV2", nodes.call("Mul", nodes.reshape(logits, -1),
                    nodes.constant((float) target.deviation())), nodes.constant((float) target.mean())));
            }
        }
        return outputs;
    }

    /** One-hot of the label over the classes, {@code [rows, classes]}. */
    private Output<?> classes(Output<?> label) {
        var target = (FrozenTarget.Classes) plan.target();
        return nodes.cast(nodes.call("Equal", label, values(target.column(), target.classes())), DataType.DT_FLOAT);
    }

    private Output<?> pick(Output<?> index) {
        var target = (FrozenTarget.Classes) plan.target();
        return nodes.call("GatherV2", values(target.column(), target.classes()), index, nodes.constant(0));
    }

    private Output<?> values(Column column, List<String> classes) {
        return ClassNodes.constant(nodes, column, classes);
    }

    private Output<?> column(Output<?> matrix, int index) {
        return nodes.call("GatherV2", matrix, nodes.constant(index), nodes.constant(1));
    }
}

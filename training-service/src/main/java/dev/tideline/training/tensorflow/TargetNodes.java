package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FrozenTarget;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** Labels as numbers, for judging answers outside the graph. */
final class TargetNodes {

    private TargetNodes() {}

    /** float32 {@code [rows]}: the class index, -1 for a value that is no class; or the number itself. Flags: {@code [rows * labels]}. */
    public static Output<?> number(Nodes nodes, FrozenTarget target, Output<?> label) {
        return switch (target) {
            case FrozenTarget.Classes classes -> {
                var member = nodes.cast(nodes.call("Equal", label,
                    ClassNodes.constant(nodes, classes.column(), classes.classes())), DataType.DT_FLOAT);
                var index = nodes.cast(nodes.call("ArgMax", member, nodes.constant(1)), DataType.DT_FLOAT);
                var known = nodes.sum(member, 1);
                // index when known is 1, -1 when it is 0.
                yield nodes.call("Sub", nodes.call("Mul", nodes.call("AddV2", index, nodes.constant(1f)), known), nodes.constant(1f));
            }
            case FrozenTarget.Flags flags -> nodes.reshape(nodes.cast(label, DataType.DT_FLOAT), -1);
            case FrozenTarget.Number number -> nodes.reshape(nodes.cast(label, DataType.DT_FLOAT), -1);
        };
    }
}

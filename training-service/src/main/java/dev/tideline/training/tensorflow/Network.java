package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.network.NetworkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Output;

/** One copy of a network in a graph. */
final class Network {

    private final HeadNodes head;
    private final Output<?> logits;
    private final List<Output<?>> penalties;

    /** @param raw raw values by column name, each {@code [rows, width]} */
    public Network(Nodes nodes, NetworkPlan plan, Variables variables, Map<String, Output<?>> raw, Mode mode) {
        var parts = new ArrayList<Output<?>>();
        int width = 0;
        for (var input : plan.inputs()) {
            parts.add(InputNodes.build(nodes, variables, input, raw.get(input.column().name())));
            width += input.width();
        }
        var layers = new LayerNodes(nodes, variables, mode);
        var x = new LayerNodes.Sized(nodes.concat(parts, 1), width);
        int index = 0;
        for (var layer : plan.layers()) {
            x = layers.build(layer, "layer_" + index++, x);
        }
        x = layers.build(new Layer.Dense(plan.outputWidth(), Activation.LINEAR, 0), "head", x);
        head = new HeadNodes(nodes, plan);
        logits = x.value();
        penalties = layers.penalties();
    }

    /** Loss of each example, {@code [rows]}, without penalties. */
    public Output<?> losses(Output<?> label) {
        return head.losses(logits, label);
    }

    /** Scalars to add to the loss of a whole batch. */
    public List<Output<?>> penalties() {
        return penalties;
    }

    /** What a served model answers, by output name. */
    public Map<String, Output<?>> outputs() {
        return head.outputs(logits);
    }
}

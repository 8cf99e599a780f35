package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Precision;
import dev.tideline.training.model.Shapes;
import dev.tideline.training.network.NetworkPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        var build = new InputNodes(nodes, variables, raw);
        var inputs = new LinkedHashMap<String, List<Sized>>();
        int index = 0;
        for (var input : plan.inputs()) {
            inputs.computeIfAbsent(input.name(), name -> new ArrayList<>())
                .add(build.build(input, "input_" + index++ + "/" + input.column().name()));
        }
        var layers = new LayerNodes(nodes, variables, mode, new Casts(plan.precision()), inputs);
        var flowing = new ArrayList<>(inputs.keySet());
        flowing.removeAll(Shapes.named(plan.layers()));
        var x = layers.chain(plan.layers(), "", layers.named(flowing));
        // The head computes in float32 whatever the layers do.
        var last = new LayerNodes(nodes, variables, mode, new Casts(Precision.FLOAT32), inputs);
        logits = last.build(new Layer.Dense(plan.outputWidth(), Activation.LINEAR, 0), "head", x).value();
        head = new HeadNodes(nodes, plan);
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

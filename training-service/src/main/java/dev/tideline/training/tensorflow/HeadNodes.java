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

    /** Loss of each example, {@code [rows]}, with class weights. Built from operations that have a C++ gradient. */
    Output<?> losses(Output<?> logits, Output<?> label) {
        return switch (plan.head()) {
            case Head.Binary binary -> {
                var x = nodes.reshape(logits, -1);
                var z = nodes.reshape(column(classes(label), 1), -1);
                // -z*log(p) - (1-z)*log(1-p) without overflow.
                yield weighted(nodes.call("Sub", nodes.call("Softplus", x), nodes.call("Mul", x, z)), label);
            }
            // The sparse form has no C++ gradient.
            case Head.Multiclass multiclass ->
                weighted(nodes.call("SoftmaxCrossEntropyWithLogits", logits, classes(label)), label);
            case Head.Multilabel multilabel -> {
                var z = nodes.cast(label, DataType.DT_FLOAT);
                var yes = nodes.call("Mul", nodes.call("Mul", z, factors(((FrozenTarget.Flags) plan.target()).weights())),
                    nodes.call("Softplus", nodes.call("Neg", logits)));
                var no = nodes.call("Mul", nodes.call("Sub", nodes.constant(1f), z), nodes.call("Softplus", logits));
                yield nodes.call("Mean", nodes.call("AddV2", yes, no), nodes.vector(1));
            }
            case Head.Regression regression ->
                nodes.reshape(nodes.call("SquaredDifference", logits, standardised(label)), -1);
            case Head.Quantile quantile -> {
                var error = nodes.call("Sub", standardised(label), rising(logits));
                var tau = factors(quantile.quantiles());
                var loss = nodes.call("Maximum", nodes.call("Mul", tau, error),
                    nodes.call("Mul", nodes.call("Sub", tau, nodes.constant(1f)), error));
                yield nodes.call("Mean", loss, nodes.vector(1));
            }
        };
    }

    Map<String, Output<?>> outputs(Output<?> logits) {
        var outputs = new LinkedHashMap<String, Output<?>>();
        switch (plan.head()) {
            case Head.Binary binary -> {
                var probability = nodes.call("Sigmoid", nodes.reshape(logits, -1));
                outputs.put("probability", probability);
                outputs.put("label", pick(nodes.cast(half(probability), DataType.DT_INT32)));
            }
            case Head.Multiclass multiclass -> {
                var probabilities = nodes.call("Softmax", logits);
                outputs.put("probabilities", probabilities);
                outputs.put("label", pick(nodes.call("ArgMax", probabilities, nodes.constant(1))));
            }
            case Head.Multilabel multilabel -> {
                var probabilities = nodes.call("Sigmoid", logits);
                outputs.put("probabilities", probabilities);
                outputs.put("labels", nodes.cast(half(probabilities), DataTypes.of(plan.target().column().kind())));
            }
            case Head.Regression regression -> outputs.put("prediction", inOwnUnit(nodes.reshape(logits, -1)));
            case Head.Quantile quantile -> {
                var quantiles = inOwnUnit(rising(logits));
                outputs.put("quantiles", quantiles);
                outputs.put("prediction", nodes.reshape(column(quantiles, quantile.middle()), -1));
            }
        }
        return outputs;
    }

    /** Each column the one before it plus something positive, so that quantiles cannot cross. */
    private Output<?> rising(Output<?> logits) {
        int width = plan.outputWidth();
        if (width == 1) {
            return logits;
        }
        var first = nodes.call("Slice", logits, nodes.vector(0, 0), nodes.vector(-1, 1));
        var rest = nodes.call("Slice", logits, nodes.vector(0, 1), nodes.vector(-1, width - 1));
        return nodes.call("Cumsum", nodes.concat(List.of(first, nodes.call("Softplus", rest)), 1), nodes.constant(1));
    }

    private Output<?> standardised(Output<?> label) {
        var target = (FrozenTarget.Number) plan.target();
        return nodes.call("Mul", nodes.call("Sub", nodes.cast(label, DataType.DT_FLOAT),
            nodes.constant((float) target.mean())), nodes.constant((float) (1 / target.deviation())));
    }

    private Output<?> inOwnUnit(Output<?> value) {
        var target = (FrozenTarget.Number) plan.target();
        return nodes.call("AddV2", nodes.call("Mul", value, nodes.constant((float) target.deviation())),
            nodes.constant((float) target.mean()));
    }

    private Output<?> half(Output<?> probability) {
        return nodes.call("GreaterEqual", probability, nodes.constant(0.5f));
    }

    /** Times the weight of each example's class. */
    private Output<?> weighted(Output<?> losses, Output<?> label) {
        var weights = ((FrozenTarget.Classes) plan.target()).weights();
        if (weights.stream().allMatch(weight -> weight == 1)) {
            return losses;
        }
        return nodes.call("Mul", losses, nodes.sum(nodes.call("Mul", classes(label), factors(weights)), 1));
    }

    private Output<?> factors(List<Double> values) {
        var floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i).floatValue();
        }
        return nodes.vector(floats);
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

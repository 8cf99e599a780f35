package dev.tideline.training.network;

import dev.tideline.contracts.Problem;
import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Schema;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.input.InputFreezer;
import dev.tideline.training.input.TargetFreezer;
import dev.tideline.training.input.UntrainableDataException;
import dev.tideline.training.input.WeightFreezer;
import dev.tideline.training.model.Dims;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.ModelDefinition;
import dev.tideline.training.model.Precision;
import dev.tideline.training.model.Shapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything a graph builder needs to know of a model; both graphs are built from the same plan.
 *
 * @param weight column with the weight of each example in the loss; null: every example 1
 */
public record NetworkPlan(
        List<FrozenInput> inputs, List<Layer> layers, Head head, FrozenTarget target, @Nullable Column weight,
        Precision precision) {

    public NetworkPlan {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
    }

    public NetworkPlan(List<FrozenInput> inputs, List<Layer> layers, Head head, FrozenTarget target) {
        this(inputs, layers, head, target, null, Precision.FLOAT32);
    }

    /**
     * Settles {@code definition} with the figures of the training split.
     *
     * @throws dev.tideline.training.input.UntrainableDataException when the split cannot teach such a model
     */
    public static NetworkPlan of(ModelDefinition definition, Schema schema, DatasetStatistics statistics) {
        var plan = new NetworkPlan(new InputFreezer(schema, statistics).freeze(definition.inputs(), definition.weight()),
            definition.layers(), definition.head(), TargetFreezer.freeze(definition.head(), schema, statistics),
            WeightFreezer.freeze(definition.weight(), schema, statistics), definition.training().precision());
        var problems = new ArrayList<Problem>();
        Shapes.check(plan.layers(), plan.inputDims(), problems);
        if (!problems.isEmpty()) {
            throw new UntrainableDataException("layers: " + problems.stream().map(problem -> problem.pointer() + ": "
                + problem.value() + " (expected: " + problem.expected() + ")").collect(Collectors.joining("; ")));
        }
        return plan;
    }

    /** Shapes of the inputs by their names. */
    public Map<String, List<Dims>> inputDims() {
        var dims = new LinkedHashMap<String, List<Dims>>();
        inputs.forEach(input -> dims.computeIfAbsent(input.name(), name -> new ArrayList<>()).add(input.dims()));
        return dims;
    }

    /** Numbers that the head's last layer gives per example. */
    public int outputWidth() {
        return switch (head) {
            case Head.Binary binary -> 1;
            case Head.Multiclass multiclass -> ((FrozenTarget.Classes) target).classes().size();
            case Head.Multilabel multilabel -> ((FrozenTarget.Flags) target).labels().size();
            case Head.Regression regression -> 1;
            case Head.Quantile quantile -> quantile.quantiles().size();
        };
    }

    /** Columns to read for training: inputs, label and weight. */
    public List<Column> columns() {
        var columns = new ArrayList<>(inputColumns());
        columns.add(target.column());
        if (weight != null) {
            columns.add(weight);
        }
        return columns;
    }

    public List<Column> inputColumns() {
        return inputs.stream().flatMap(input -> input.columns().stream()).distinct().toList();
    }
}

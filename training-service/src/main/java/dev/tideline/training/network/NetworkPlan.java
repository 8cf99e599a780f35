package dev.tideline.training.network;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Schema;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.input.InputFreezer;
import dev.tideline.training.input.TargetFreezer;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.ModelDefinition;
import java.util.ArrayList;
import java.util.List;

/** Everything a graph builder needs to know of a model; both graphs are built from the same plan. */
public record NetworkPlan(List<FrozenInput> inputs, List<Layer> layers, Head head, FrozenTarget target) {

    public NetworkPlan {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
    }

    /**
     * Settles {@code definition} with the figures of the training split.
     *
     * @throws dev.tideline.training.input.UntrainableDataException when the split cannot teach such a model
     */
    public static NetworkPlan of(ModelDefinition definition, Schema schema, DatasetStatistics statistics) {
        return new NetworkPlan(new InputFreezer(schema, statistics).freeze(definition.inputs()), definition.layers(),
            definition.head(), TargetFreezer.freeze(definition.head(), schema, statistics));
    }

    /** Numbers that the head's last layer gives per example. */
    public int outputWidth() {
        return switch (head) {
            case Head.Binary binary -> 1;
            case Head.Multiclass multiclass -> ((FrozenTarget.Classes) target).classes().size();
            case Head.Regression regression -> 1;
        };
    }

    /** Columns to read for training: inputs and label. */
    public List<Column> columns() {
        var columns = new ArrayList<>(inputColumns());
        columns.add(target.column());
        return columns;
    }

    public List<Column> inputColumns() {
        return inputs.stream().map(FrozenInput::column).distinct().toList();
    }
}

package dev.tideline.training.network;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Layer;
import java.util.ArrayList;
import java.util.List;

/** Everything a graph builder needs to know of a model; both graphs are built from the same plan. */
public record NetworkPlan(List<FrozenInput> inputs, List<Layer> layers, Head head, FrozenTarget target) {

    public NetworkPlan {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
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

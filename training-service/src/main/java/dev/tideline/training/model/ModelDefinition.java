package dev.tideline.training.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model as its owner describes it.
 *
 * @param weight a feature that says how much an example counts in the loss; null: every example 1
 * @param inputs empty: derived from the schema and the statistics of the dataset version
 */
public record ModelDefinition(
        String dataset, List<Input> inputs, List<Layer> layers, Head head, @Nullable String weight, Optimizer optimizer,
        TrainingPlan training, GateRule gate) {

    public ModelDefinition {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
    }
}

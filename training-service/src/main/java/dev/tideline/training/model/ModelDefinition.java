package dev.tideline.training.model;

import java.util.List;

/**
 * A model as its owner describes it.
 *
 * @param inputs empty: derived from the schema and the statistics of the dataset version
 */
public record ModelDefinition(
        String dataset, List<Input> inputs, List<Layer> layers, Head head, Optimizer optimizer, TrainingPlan training,
        GateRule gate) {

    public ModelDefinition {
        inputs = List.copyOf(inputs);
        layers = List.copyOf(layers);
    }
}

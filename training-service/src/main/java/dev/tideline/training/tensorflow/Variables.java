package dev.tideline.training.tensorflow;

import org.tensorflow.Output;

/** Where a network's trained values live: per replica in training, once in serving. */
interface Variables {

    /**
     * The value of the variable {@code name}, made on first use.
     *
     * @param name stable across graphs: checkpoints are keyed by it
     */
    Output<?> read(Nodes nodes, String name, Initial initial, int... shape);
}

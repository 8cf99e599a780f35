package dev.tideline.training.tensorflow;

import org.tensorflow.Output;

/** Where a network's values live: per replica in training, once in serving. */
interface Variables {

    /**
     * The value of the trained variable {@code name}, made on first use.
     *
     * @param name stable across graphs: checkpoints are keyed by it
     */
    Output<?> read(Nodes nodes, String name, Initial initial, int... shape);

    /** The value of a variable that is not trained but gathered from the data, such as a moving average. */
    Output<?> gathered(Nodes nodes, String name, Initial initial, int... shape);

    /** In training: what to add to a gathered variable of this replica in every step. Serving never gathers. */
    void gather(String name, Output<?> difference);
}

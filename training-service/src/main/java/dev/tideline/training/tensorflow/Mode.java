package dev.tideline.training.tensorflow;

import org.tensorflow.Output;

/** What a network is built for. */
sealed interface Mode {

    /** Answering: layers such as dropout do nothing. */
    record Serving() implements Mode {}

    /**
     * Learning.
     *
     * @param step    number of the step, int64 scalar
     * @param replica which replica this is: each draws its own dropout
     * @param present float32 scalar: 0 when the part of this replica is a stand-in that must leave no trace, else 1
     */
    record Training(Output<?> step, int replica, long seed, Output<?> present) implements Mode {}
}

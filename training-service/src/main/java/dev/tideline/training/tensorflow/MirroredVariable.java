package dev.tideline.training.tensorflow;

import java.util.List;
import org.tensorflow.Output;

/**
 * One variable with a copy per replica.
 *
 * @param initial replica 0's first value; the other copies start from what replica 0 then holds
 * @param handles one per replica
 * @param values  what each replica reads, and differentiates by
 */
record MirroredVariable(
        String name, Kind kind, int[] shape, Output<?> initial, List<Output<?>> handles, List<Output<?>> values) {

    /** How copies of a variable relate. */
    enum Kind {
        /** Trained: all copies are equal at all times. */
        WEIGHT,
        /** Kept by an optimizer beside a weight: equal too. */
        SLOT,
        /** Gathered by each replica from its own part of the data; the variable's value is the mean of the copies. */
        GATHERED
    }

    int size() {
        int size = 1;
        for (int dimension : shape) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }
}

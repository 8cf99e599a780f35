package dev.tideline.training.tensorflow;

import java.util.List;
import org.tensorflow.Output;

/**
 * One variable with a copy per device.
 *
 * @param initial the first copy's first value; the others start from what it then holds
 * @param handles one per copy
 * @param values  what the replicas of each copy read, and differentiate by
 */
record MirroredVariable(
        String name, Kind kind, int[] shape, Output<?> initial, List<Output<?>> handles, List<Output<?>> values) {

    /** What moves a variable. All its copies are equal at all times. */
    enum Kind {
        /** Its gradient. */
        WEIGHT,
        /** The optimizer, beside a weight. */
        SLOT,
        /** What the replicas gather from their parts of the data, by the mean over all replicas. */
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

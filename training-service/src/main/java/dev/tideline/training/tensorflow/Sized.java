package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Dims;
import org.tensorflow.Output;

/** A value {@code [rows, dims…]} and the shape of one example, which TensorFlow's shape inference does not always know. */
record Sized(Output<?> value, Dims dims) {

    static Sized flat(Output<?> value, int width) {
        return new Sized(value, Dims.flat(width));
    }
}

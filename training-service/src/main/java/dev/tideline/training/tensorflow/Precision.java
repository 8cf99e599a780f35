package dev.tideline.training.tensorflow;

import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/**
 * Number format of the heavy operations. Variables, normalisation, losses and gradients of variables are float32 in any case; the
 * gradient of a cast casts back.
 */
enum Precision {
    FLOAT32, BFLOAT16;

    /** The operand of a heavy operation. */
    Output<?> reduced(Nodes nodes, Output<?> value) {
        return switch (this) {
            case FLOAT32 -> value;
            case BFLOAT16 -> nodes.cast(value, DataType.DT_BFLOAT16);
        };
    }

    /** Its result. */
    Output<?> full(Nodes nodes, Output<?> value) {
        return switch (this) {
            case FLOAT32 -> value;
            case BFLOAT16 -> nodes.cast(value, DataType.DT_FLOAT);
        };
    }
}

package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Precision;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/**
 * Brings operands of heavy operations into their number format, and results back to float32. The gradient of a cast casts back, so
 * that gradients of variables are float32 too.
 */
record Casts(Precision precision) {

    /** The operand of a heavy operation. */
    Output<?> reduced(Nodes nodes, Output<?> value) {
        return switch (precision) {
            case FLOAT32 -> value;
            case BFLOAT16 -> nodes.cast(value, DataType.DT_BFLOAT16);
        };
    }

    /** Its result. */
    Output<?> full(Nodes nodes, Output<?> value) {
        return switch (precision) {
            case FLOAT32 -> value;
            case BFLOAT16 -> nodes.cast(value, DataType.DT_FLOAT);
        };
    }
}

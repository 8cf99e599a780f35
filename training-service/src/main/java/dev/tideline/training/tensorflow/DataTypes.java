package dev.tideline.training.tensorflow;

import dev.tideline.features.Kind;
import org.tensorflow.proto.DataType;

/** TensorFlow types of feature kinds, in parsed records and in signatures alike. */
final class DataTypes {

    private DataTypes() {}

    public static DataType of(Kind kind) {
        return switch (kind) {
            case FLOAT -> DataType.DT_FLOAT;
            case INT -> DataType.DT_INT64;
            case TEXT, BYTES -> DataType.DT_STRING;
        };
    }
}

package dev.tideline.inference.tensor;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.serving.protocol.PackedTensor;
import org.tensorflow.proto.TensorProto;

/** {@link PackedTensor} and TensorFlow's own message, which are the same bytes. */
public final class PackedTensors {

    private PackedTensors() {}

    public static PackedTensor of(TensorProto proto) {
        try {
            return PackedTensor.parseFrom(proto.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("tensor: " + e.getMessage() + " (expected: the same form on the wire)", e);
        }
    }

    /** @throws InvalidProtocolBufferException when a list's bytes are no numbers */
    public static TensorProto plain(PackedTensor tensor) throws InvalidProtocolBufferException {
        return TensorProto.parseFrom(tensor.toByteString());
    }

    /**
     * With all lists packed; few clients write them otherwise.
     *
     * @throws InvalidProtocolBufferException when a list's bytes are no numbers
     */
    static PackedTensor packed(PackedTensor tensor) throws InvalidProtocolBufferException {
        boolean loose = tensor.getUnknownFields().hasField(PackedTensor.FLOAT_VAL_FIELD_NUMBER)
                || tensor.getUnknownFields().hasField(PackedTensor.DOUBLE_VAL_FIELD_NUMBER);
        return loose ? of(plain(tensor)) : tensor;
    }
}

package dev.tideline.inference.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import dev.tideline.serving.protocol.PackedTensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes {@code tensor.proto}, in typed lists as TensorFlow Serving does by default, or as {@code tensor_content}. */
final class TensorEncoder {

    private final boolean asContent;

    TensorEncoder(boolean asContent) {
        this.asContent = asContent;
    }

    PackedTensor write(Tensor tensor) {
        PackedTensor.Shape.Builder shape = PackedTensor.Shape.newBuilder();
        for (int i = 0; i < tensor.shape().rank(); i++) {
            shape.addDim(PackedTensor.Shape.Dim.newBuilder().setSize(tensor.shape().size(i)));
        }
        PackedTensor.Builder proto = PackedTensor.newBuilder().setDtype(tensor.type().number()).setTensorShape(shape);
        if (asContent && tensor.elements() > 0) {
            proto.setTensorContent(content(tensor));
        } else {
            typed(tensor, proto);
        }
        return proto.build();
    }

    private static ByteString content(Tensor tensor) {
        int from = tensor.offset();
        int n = tensor.elements();
        if (tensor.values() instanceof Values.Strings strings) {
            return strings(strings.array(), from, n);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(tensor.byteSize())).order(ByteOrder.LITTLE_ENDIAN);
        switch (tensor.values()) {
            case Values.Floats v -> bytes.asFloatBuffer().put(v.array(), from, n);
            case Values.Doubles v -> bytes.asDoubleBuffer().put(v.array(), from, n);
            case Values.Ints v -> bytes.asIntBuffer().put(v.array(), from, n);
            case Values.Longs v -> bytes.asLongBuffer().put(v.array(), from, n);
            case Values.Shorts v -> bytes.asShortBuffer().put(v.array(), from, n);
            case Values.Bytes v -> bytes.put(0, v.array(), from, n);
            case Values.Strings v -> throw new IllegalStateException("strings: are written elsewhere");
        }
        return UnsafeByteOperations.unsafeWrap(bytes);
    }

    private static ByteString strings(byte[][] strings, int from, int n) {
        ByteString.Output bytes = ByteString.newOutput();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            for (int i = from; i < from + n; i++) {
                out.writeUInt32NoTag(strings[i].length);
            }
            for (int i = from; i < from + n; i++) {
                out.writeRawBytes(strings[i]);
            }
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteString();
    }

    private static void typed(Tensor tensor, PackedTensor.Builder proto) {
        int from = tensor.offset();
        int to = from + tensor.elements();
        switch (tensor.values()) {
            case Values.Floats v -> {
                if (from < to) {
                    proto.addFloatVal(content(tensor));
                }
            }
            case Values.Doubles v -> {
                if (from < to) {
                    proto.addDoubleVal(content(tensor));
                }
            }
            case Values.Ints v -> ints(tensor.type(), v.array(), from, to, proto);
            case Values.Longs v -> longs(tensor.type(), v.array(), from, to, proto);
            case Values.Shorts v -> shorts(tensor.type(), v.array(), from, to, proto);
            case Values.Bytes v -> bytes(tensor.type(), v.array(), from, to, proto);
            case Values.Strings v -> {
                for (int i = from; i < to; i++) {
                    proto.addStringVal(UnsafeByteOperations.unsafeWrap(v.array()[i]));
                }
            }
        }
    }

    private static void ints(DataType type, int[] array, int from, int to, PackedTensor.Builder proto) {
        for (int i = from; i < to; i++) {
            if (type == DataType.UINT32) {
                proto.addUint32Val(array[i]);
            } else {
                proto.addIntVal(array[i]);
            }
        }
    }

    private static void longs(DataType type, long[] array, int from, int to, PackedTensor.Builder proto) {
        for (int i = from; i < to; i++) {
            if (type == DataType.UINT64) {
                proto.addUint64Val(array[i]);
            } else {
                proto.addInt64Val(array[i]);
            }
        }
    }

    private static void shorts(DataType type, short[] array, int from, int to, PackedTensor.Builder proto) {
        for (int i = from; i < to; i++) {
            switch (type) {
                case HALF, BFLOAT16 -> proto.addHalfVal(Short.toUnsignedInt(array[i]));
                case UINT16 -> proto.addIntVal(Short.toUnsignedInt(array[i]));
                default -> proto.addIntVal(array[i]);
            }
        }
    }

    private static void bytes(DataType type, byte[] array, int from, int to, PackedTensor.Builder proto) {
        for (int i = from; i < to; i++) {
            switch (type) {
                case BOOL -> proto.addBoolVal(array[i] != 0);
                case UINT8 -> proto.addIntVal(Byte.toUnsignedInt(array[i]));
                default -> proto.addIntVal(array[i]);
            }
        }
    }
}

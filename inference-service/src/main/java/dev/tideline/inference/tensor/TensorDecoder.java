package dev.tideline.inference.tensor;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.inference.status.StatusException;
import dev.tideline.serving.protocol.PackedTensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.proto.TensorProto;

/**
 * Reads {@code tensor.proto}: {@code tensor_content}, little-endian bytes, or one of the typed lists, whose last value stands for all that
 * are missing. Copies in bulk, boxes nothing.
 */
public final class TensorDecoder {

    /** TensorFlow's own limit. */
    private static final int MAX_RANK = 254;
    /** Of elements that a shape may ask for beyond those that were sent: a few bytes must not fill the memory. */
    private static final int MAX_REPEATED = 1 << 20;

    private final String alias;
    private final PackedTensor proto;
    private final int elements;

    private TensorDecoder(String alias, PackedTensor proto, int elements) {
        this.alias = alias;
        this.proto = proto;
        this.elements = elements;
    }

    /** @throws StatusException INVALID_ARGUMENT */
    public static Tensor read(String alias, TensorProto proto, DataType type) {
        return read(alias, PackedTensors.of(proto), type);
    }

    /** @throws StatusException INVALID_ARGUMENT */
    public static Tensor read(String alias, PackedTensor given, DataType type) {
        PackedTensor proto;
        try {
            proto = PackedTensors.packed(given);
        } catch (InvalidProtocolBufferException e) {
            throw StatusException.invalid("input " + alias + ": " + e.getMessage() + " (expected: a TensorProto)");
        }
        Shape shape = shape(alias, proto.getTensorShape());
        TensorDecoder decoder = new TensorDecoder(alias, proto, shape.elements());
        return Tensor.of(type, shape, proto.getTensorContent().isEmpty() ? decoder.typed(type) : decoder.content(type));
    }

    private static Shape shape(String alias, PackedTensor.Shape proto) {
        if (proto.getUnknownRank() || proto.getDimCount() > MAX_RANK) {
            throw StatusException.invalid("input " + alias + ": rank " + (proto.getUnknownRank() ? "unknown" : proto.getDimCount())
                    + " (expected: 0 to " + MAX_RANK + ")");
        }
        long[] sizes = new long[proto.getDimCount()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = proto.getDim(i).getSize();
        }
        try {
            return Shape.of(sizes);
        } catch (IllegalArgumentException e) {
            throw StatusException.invalid("input " + alias + ": " + e.getMessage());
        }
    }

    private Values content(DataType type) {
        ByteString content = proto.getTensorContent();
        if (type.storage() == DataType.Storage.STRINGS) {
            return new Values.Strings(strings(content));
        }
        long expected = (long) elements * width(type);
        if (content.size() != expected) {
            throw StatusException.invalid("input " + alias + ": tensor_content of " + content.size() + " bytes (expected: " + expected
                    + " for " + elements + " elements of type " + type.label() + ")");
        }
        ByteBuffer bytes = content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return switch (type.storage()) {
            case FLOATS -> {
                float[] array = new float[elements];
                bytes.asFloatBuffer().get(array);
                yield new Values.Floats(array);
            }
            case DOUBLES -> {
                double[] array = new double[elements];
                bytes.asDoubleBuffer().get(array);
                yield new Values.Doubles(array);
            }
            case INTS -> {
                int[] array = new int[elements];
                bytes.asIntBuffer().get(array);
                yield new Values.Ints(array);
            }
            case LONGS -> {
                long[] array = new long[elements];
                bytes.asLongBuffer().get(array);
                yield new Values.Longs(array);
            }
            case SHORTS -> {
                short[] array = new short[elements];
                bytes.asShortBuffer().get(array);
                yield new Values.Shorts(array);
            }
            case BYTES -> new Values.Bytes(content.toByteArray());
            case STRINGS, NONE -> throw unsupported(type);
        };
    }

    private int width(DataType type) {
        return switch (type.storage()) {
            case FLOATS, INTS -> 4;
            case DOUBLES, LONGS -> 8;
            case SHORTS -> 2;
            case BYTES -> 1;
            case STRINGS, NONE -> throw unsupported(type);
        };
    }

    /** All lengths as varints, then all bytes ({@code tensor::EncodeStringList} in TensorFlow's {@code tensor_coding.cc}). */
    private byte[][] strings(ByteString content) {
        if (elements > content.size()) {
            throw StatusException.invalid("input " + alias + ": tensor_content of " + content.size() + " bytes (expected: " + elements
                    + " lengths and strings)");
        }
        CodedInputStream in = content.newCodedInput();
        byte[][] strings = new byte[elements][];
        int[] lengths = new int[elements];
        try {
            for (int i = 0; i < elements; i++) {
                lengths[i] = in.readRawVarint32();
            }
            for (int i = 0; i < elements; i++) {
                strings[i] = in.readRawBytes(lengths[i]);
            }
            return strings;
        } catch (IOException e) {
            throw StatusException.invalid("input " + alias + ": tensor_content: " + e.getMessage() + " (expected: " + elements
                    + " lengths, then as many strings)");
        }
    }

    private Values typed(DataType type) {
        return switch (type) {
            case FLOAT -> {
                int given = packed("float_val", proto.getFloatValList(), Float.BYTES);
                float[] array = new float[checked(given)];
                int copied = copy(proto.getFloatValList(), Float.BYTES, (bytes, at, n) -> bytes.asFloatBuffer().get(array, at, n));
                Arrays.fill(array, copied, elements, copied > 0 ? array[copied - 1] : 0);
                yield new Values.Floats(array);
            }
            case DOUBLE -> {
                int given = packed("double_val", proto.getDoubleValList(), Double.BYTES);
                double[] array = new double[checked(given)];
                int copied = copy(proto.getDoubleValList(), Double.BYTES, (bytes, at, n) -> bytes.asDoubleBuffer().get(array, at, n));
                Arrays.fill(array, copied, elements, copied > 0 ? array[copied - 1] : 0);
                yield new Values.Doubles(array);
            }
            case INT32 -> {
                int[] array = new int[checked(proto.getIntValCount())];
                fill(proto.getIntValCount(), (i, from) -> array[i] = proto.getIntVal(from));
                yield new Values.Ints(array);
            }
            case UINT32 -> {
                int[] array = new int[checked(proto.getUint32ValCount())];
                fill(proto.getUint32ValCount(), (i, from) -> array[i] = proto.getUint32Val(from));
                yield new Values.Ints(array);
            }
            case INT64 -> {
                long[] array = new long[checked(proto.getInt64ValCount())];
                fill(proto.getInt64ValCount(), (i, from) -> array[i] = proto.getInt64Val(from));
                yield new Values.Longs(array);
            }
            case UINT64 -> {
                long[] array = new long[checked(proto.getUint64ValCount())];
                fill(proto.getUint64ValCount(), (i, from) -> array[i] = proto.getUint64Val(from));
                yield new Values.Longs(array);
            }
            case INT16, UINT16 -> {
                short[] array = new short[checked(proto.getIntValCount())];
                fill(proto.getIntValCount(), (i, from) -> array[i] = (short) proto.getIntVal(from));
                yield new Values.Shorts(array);
            }
            case HALF, BFLOAT16 -> {
                short[] array = new short[checked(proto.getHalfValCount())];
                fill(proto.getHalfValCount(), (i, from) -> array[i] = (short) proto.getHalfVal(from));
                yield new Values.Shorts(array);
            }
            case INT8, UINT8 -> {
                byte[] array = new byte[checked(proto.getIntValCount())];
                fill(proto.getIntValCount(), (i, from) -> array[i] = (byte) proto.getIntVal(from));
                yield new Values.Bytes(array);
            }
            case BOOL -> {
                byte[] array = new byte[checked(proto.getBoolValCount())];
                fill(proto.getBoolValCount(), (i, from) -> array[i] = (byte) (proto.getBoolVal(from) ? 1 : 0));
                yield new Values.Bytes(array);
            }
            case STRING -> {
                byte[][] array = new byte[checked(proto.getStringValCount())][];
                fill(proto.getStringValCount(), (i, from) -> array[i] = proto.getStringVal(from).toByteArray());
                for (int i = 0; i < array.length; i++) {
                    array[i] = array[i] == null ? new byte[0] : array[i];
                }
                yield new Values.Strings(array);
            }
            default -> throw unsupported(type);
        };
    }

    /** How many numbers lie in bytes of a width each. */
    private int packed(String list, List<ByteString> parts, int width) {
        int bytes = 0;
        for (ByteString part : parts) {
            bytes += part.size();
        }
        if (bytes % width != 0) {
            throw StatusException.invalid("input " + alias + ": " + list + " of " + bytes + " bytes (expected: " + width + " each)");
        }
        return bytes / width;
    }

    private interface Copier {
        void copy(ByteBuffer bytes, int at, int n);
    }

    /** What is given beyond the elements is left out. */
    private int copy(List<ByteString> parts, int width, Copier copier) {
        int at = 0;
        for (ByteString part : parts) {
            int n = Math.min(part.size() / width, elements - at);
            copier.copy(part.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN), at, n);
            at += n;
        }
        return at;
    }

    private int checked(int given) {
        if (elements - given > MAX_REPEATED) {
            throw StatusException.invalid("input " + alias + ": " + given + " values for " + elements
                    + " elements (expected: one each, or at most " + MAX_REPEATED + " repetitions of the last)");
        }
        return elements;
    }

    private interface Setter {
        void set(int element, int value);
    }

    /** Elements stay zero when no value was given. */
    private void fill(int given, Setter setter) {
        if (given == 0) {
            return;
        }
        for (int i = 0; i < elements; i++) {
            setter.set(i, Math.min(i, given - 1));
        }
    }

    private StatusException unsupported(DataType type) {
        return StatusException.invalid("input " + alias + ": type " + type.label() + " (expected: numbers, bool or string)");
    }
}

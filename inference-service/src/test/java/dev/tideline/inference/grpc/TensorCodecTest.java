package dev.tideline.inference.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.PackedTensors;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorDecoder;
import dev.tideline.inference.tensor.Values;
import dev.tideline.serving.protocol.PackedTensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

class TensorCodecTest {

    private static TensorProto.Builder shaped(long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorProto.newBuilder().setTensorShape(shape);
    }

    private static void refused(TensorProto.Builder proto, DataType type, String message) {
        assertThatThrownBy(() -> TensorDecoder.read("x", proto.build(), type)).isInstanceOfSatisfying(StatusException.class, e -> {
            assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT);
            assertThat(e.text()).startsWith("input x: ").contains(message);
        });
    }

    static Stream<Tensor> tensors() {
        Shape two = Shape.of(2);
        return Stream.of(
                Tensor.floats(two, 1.5f, Float.NEGATIVE_INFINITY),
                Tensor.of(DataType.DOUBLE, two, new Values.Doubles(new double[] {-0.0, 1e300})),
                Tensor.of(DataType.INT32, two, new Values.Ints(new int[] {Integer.MIN_VALUE, 7})),
                Tensor.of(DataType.UINT32, two, new Values.Ints(new int[] {-1, 7})),
                Tensor.longs(two, Long.MIN_VALUE, 7),
                Tensor.of(DataType.UINT64, two, new Values.Longs(new long[] {-1, 7})),
                Tensor.of(DataType.INT16, two, new Values.Shorts(new short[] {-2, 7})),
                Tensor.of(DataType.UINT16, two, new Values.Shorts(new short[] {-2, 7})),
                Tensor.of(DataType.HALF, two, new Values.Shorts(new short[] {(short) 0xBC00, 0x3C00})),
                Tensor.of(DataType.BFLOAT16, two, new Values.Shorts(new short[] {(short) 0xBF80, 0x3F80})),
                Tensor.of(DataType.INT8, two, new Values.Bytes(new byte[] {-2, 7})),
                Tensor.of(DataType.UINT8, two, new Values.Bytes(new byte[] {-2, 7})),
                Tensor.of(DataType.BOOL, two, new Values.Bytes(new byte[] {1, 0})),
                Tensor.text(two, "", "ä".repeat(200)),
                Tensor.floats(Shape.SCALAR, 3),
                Tensor.floats(Shape.of(0, 4)));
    }

    @ParameterizedTest
    @MethodSource("tensors")
    void readsWhatItWroteInBothForms(Tensor tensor) throws Exception {
        for (boolean content : new boolean[] {false, true}) {
            TensorProto proto = PackedTensors.plain(new TensorEncoder(content).write(tensor));
            Tensor read = TensorDecoder.read("x", proto, tensor.type());

            assertThat(proto.getDtypeValue()).isEqualTo(tensor.type().number());
            assertThat(read.shape()).isEqualTo(tensor.shape());
            assertThat(read.values()).usingRecursiveComparison().isEqualTo(tensor.values());
        }
    }

    @Test
    void writesOnlyTheRowsThatAViewShows() throws Exception {
        Tensor view = Tensor.floats(Shape.of(3, 2), 1, 2, 3, 4, 5, 6).rows(1, 1);

        assertThat(PackedTensors.plain(new TensorEncoder(false).write(view)).getFloatValList()).containsExactly(3f, 4f);
        assertThat(new TensorEncoder(true).write(view).getTensorContent().size()).isEqualTo(8);
    }

    @Test
    void repeatsTheLastValueAndLeavesOutWhatIsTooMuchAsTensorFlowDoes() {
        assertThat(TensorDecoder.read("x", shaped(3).addFloatVal(1).addFloatVal(2).build(), DataType.FLOAT).values())
                .usingRecursiveComparison().isEqualTo(new Values.Floats(new float[] {1, 2, 2}));
        assertThat(TensorDecoder.read("x", shaped(2).build(), DataType.INT64).values())
                .usingRecursiveComparison().isEqualTo(new Values.Longs(new long[2]));
        assertThat(TensorDecoder.read("x", shaped(1).addFloatVal(1).addFloatVal(2).build(), DataType.FLOAT).values())
                .usingRecursiveComparison().isEqualTo(new Values.Floats(new float[] {1}));
        assertThat(((Values.Strings) TensorDecoder.read("x", shaped(1).build(), DataType.STRING).values()).array()[0]).isEmpty();
    }

    @Test
    void readsListsThatAreNotPackedOrComeInParts() throws Exception {
        ByteString loose = UnknownFieldSet.newBuilder().addField(TensorProto.FLOAT_VAL_FIELD_NUMBER, UnknownFieldSet.Field.newBuilder()
                .addFixed32(Float.floatToIntBits(1.5f)).addFixed32(Float.floatToIntBits(-2)).build()).build().toByteString();
        ByteString shape = shaped(3).build().toByteString();
        ByteString parts = shaped().addFloatVal(1).build().toByteString().concat(shaped().addFloatVal(2).addFloatVal(3).build().toByteString());

        assertThat(TensorDecoder.read("x", PackedTensor.parseFrom(shape.concat(loose)), DataType.FLOAT).values())
                .usingRecursiveComparison().isEqualTo(new Values.Floats(new float[] {1.5f, -2, -2}));
        assertThat(TensorDecoder.read("x", PackedTensor.parseFrom(parts.concat(shape)), DataType.FLOAT).values())
                .usingRecursiveComparison().isEqualTo(new Values.Floats(new float[] {1, 2, 3}));
    }

    @Test
    void refusesBytesThatAreNoWholeNumbers() {
        PackedTensor cut = PackedTensor.newBuilder().setTensorShape(PackedTensor.Shape.getDefaultInstance())
                .addFloatVal(ByteString.copyFrom(new byte[7])).addDoubleVal(ByteString.copyFrom(new byte[7])).build();

        assertThatThrownBy(() -> TensorDecoder.read("x", cut, DataType.FLOAT)).hasMessageContaining("float_val of 7 bytes (expected: 4 each)");
        assertThatThrownBy(() -> TensorDecoder.read("x", cut, DataType.DOUBLE)).hasMessageContaining("double_val of 7 bytes");
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, 1L << 33})
    void refusesSizesThatNoMessageCanFill(long size) {
        refused(shaped(size).addFloatVal(1), DataType.FLOAT, "expected");
        refused(shaped(size, size).addFloatVal(1), DataType.FLOAT, "expected");
    }

    @Test
    void refusesContentOfAnotherLength() {
        refused(shaped(2).setTensorContent(ByteString.copyFrom(new byte[7])), DataType.FLOAT, "7 bytes (expected: 8 for 2 elements");
        refused(shaped(3).setTensorContent(ByteString.copyFrom(new byte[] {1, 1})), DataType.STRING, "expected: 3 lengths");
        refused(shaped(1).setTensorContent(ByteString.copyFrom(new byte[] {100, 1})), DataType.STRING, "expected: 1 lengths");
        refused(shaped(1).setTensorContent(ByteString.copyFrom(new byte[] {-1, -1, -1, -1, 15})), DataType.STRING, "tensor_content: ");
    }

    @Test
    void refusesWhatHasNoShapeOrNoElements() {
        refused(TensorProto.newBuilder().setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true)), DataType.FLOAT, "rank unknown");
        refused(shaped(new long[255]), DataType.FLOAT, "rank 255");
        refused(shaped(1), DataType.COMPLEX64, "type complex64");
        refused(shaped(1).setTensorContent(ByteString.copyFrom(new byte[8])), DataType.COMPLEX64, "type complex64");
    }
}

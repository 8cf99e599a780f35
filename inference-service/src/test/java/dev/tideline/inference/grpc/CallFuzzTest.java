package dev.tideline.inference.grpc;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.serving.protocol.PackedPredictRequest;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.testing.Fuzzing;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Any bytes at all: tensors or INVALID_ARGUMENT, in memory that goes with the length and never beyond what a shape may repeat. */
class CallFuzzTest {

    private static final int MEMORY = 16_000_000;
    private static final int REPEATED = 3 * (1 << 20) * 8;
    private static final int MEMORY_PER_BYTE = 128;
    private static final Signature SIGNATURE = signature();

    private static Signature signature() {
        TreeMap<String, TensorSpec> inputs = new TreeMap<>();
        Map.of("f", DataType.FLOAT, "l", DataType.INT64, "s", DataType.STRING).forEach((alias, type) ->
                inputs.put(alias, new TensorSpec(alias, alias + ":0", type, SpecShape.ofUnknownRank())));
        return new Signature("serving_default", "", inputs, new TreeMap<>(), Map.of());
    }

    private static TensorProto.Builder tensor(int type, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorProto.newBuilder().setDtypeValue(type).setTensorShape(shape);
    }

    private static byte[] request(String alias, TensorProto.Builder tensor) {
        return PredictRequest.newBuilder().putInputs(alias, tensor.build()).build().toByteArray();
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                new byte[0],
                request("f", tensor(1, 2).addFloatVal(1.5f).addFloatVal(2)),
                request("f", tensor(1, 2).setTensorContent(ByteString.copyFrom(new byte[8]))),
                request("f", tensor(1, -1).addFloatVal(1)),
                request("f", tensor(1, 1 << 20, 1 << 20).addFloatVal(1)),
                request("f", tensor(1, Long.MAX_VALUE, Long.MAX_VALUE)),
                request("l", tensor(9, 1, 3).addInt64Val(1).addInt64Val(-2).addInt64Val(3)),
                request("s", tensor(7, 2).addStringVal(ByteString.copyFromUtf8("a")).addStringVal(ByteString.copyFromUtf8("ä"))),
                request("s", tensor(7, 1).setTensorContent(ByteString.copyFrom(new byte[] {1, 65}))),
                request("other", tensor(21)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        check(bytes);
    }

    @Test
    void readsNearlyGoodBytes() {
        Fuzzing.mutate(3, 5_000, seeds().toList(), CallFuzzTest::check);
    }

    private static void check(byte[] bytes) {
        Fuzzing.allocatingAtMost(MEMORY + REPEATED + (long) MEMORY_PER_BYTE * bytes.length, () -> read(bytes));
    }

    private static void read(byte[] bytes) {
        try {
            new PredictCall(PackedPredictRequest.parseFrom(bytes)).read(SIGNATURE);
        } catch (InvalidProtocolBufferException e) {
            // No message: the door answers INVALID_ARGUMENT.
        } catch (StatusException e) {
            if (e.code() != StatusCode.INVALID_ARGUMENT || e.text().isBlank()) {
                throw e;
            }
        }
    }
}

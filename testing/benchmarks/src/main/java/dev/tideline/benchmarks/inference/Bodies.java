package dev.tideline.benchmarks.inference;

import com.google.protobuf.ByteString;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.PredictRequest;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** Requests of seeded random numbers with four digits behind the point. */
final class Bodies {

    private static final long SEED = 2;

    private Bodies() {}

    static byte[] json(int rows, int features) {
        Random random = new Random(SEED);
        StringBuilder json = new StringBuilder("{\"instances\":[");
        for (int row = 0; row < rows; row++) {
            json.append(row == 0 ? "[" : ",[");
            for (int i = 0; i < features; i++) {
                json.append(i == 0 ? "" : ",").append(String.format(Locale.ROOT, "%.4f", random.nextGaussian()));
            }
            json.append(']');
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param content whether the numbers are {@code tensor_content}, else {@code float_val} */
    static byte[] message(String model, int rows, int features, boolean content) {
        Random random = new Random(SEED);
        ByteBuffer bytes = ByteBuffer.allocate(4 * rows * features).order(ByteOrder.LITTLE_ENDIAN);
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(rows)).addDim(TensorShapeProto.Dim.newBuilder().setSize(features)));
        for (int i = 0; i < rows * features; i++) {
            float value = (float) random.nextGaussian();
            bytes.putFloat(value);
            if (!content) {
                tensor.addFloatVal(value);
            }
        }
        if (content) {
            tensor.setTensorContent(ByteString.copyFrom(bytes.flip()));
        }
        return PredictRequest.newBuilder().setModelSpec(ModelSpec.newBuilder().setName(model)).putInputs("x", tensor.build()).build()
                .toByteArray();
    }

    /** Where this code lies. */
    static Path location() {
        return Path.of(Bodies.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}

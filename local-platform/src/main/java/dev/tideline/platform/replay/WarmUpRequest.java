package dev.tideline.platform.replay;

import com.google.protobuf.ByteString;
import dev.tideline.serving.protocol.ClassificationRequest;
import dev.tideline.serving.protocol.ClassifyLog;
import dev.tideline.serving.protocol.ExampleList;
import dev.tideline.serving.protocol.Input;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.PredictLog;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.serving.protocol.PredictionLog;
import dev.tideline.serving.protocol.RegressLog;
import dev.tideline.serving.protocol.RegressionRequest;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.io.IOException;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import tools.jackson.databind.JsonNode;

/** A logged row as a request of one row, in TensorFlow Serving's {@code PredictionLog}. */
final class WarmUpRequest {

    private WarmUpRequest() {}

    /**
     * @param signature as it is served, see {@link ServedSignatures}
     * @throws IOException when the row does not fit it
     */
    static PredictionLog of(LoggedPrediction prediction, JsonNode signature) throws IOException {
        var spec = ModelSpec.newBuilder().setName(prediction.model()).setSignatureName(prediction.signature()).build();
        var method = signature.path("method_name").asString("");
        if (method.endsWith("/classify")) {
            return PredictionLog.newBuilder().setClassifyLog(ClassifyLog.newBuilder().setRequest(
                    ClassificationRequest.newBuilder().setModelSpec(spec).setInput(example(prediction)))).build();
        }
        if (method.endsWith("/regress")) {
            return PredictionLog.newBuilder().setRegressLog(RegressLog.newBuilder().setRequest(
                    RegressionRequest.newBuilder().setModelSpec(spec).setInput(example(prediction)))).build();
        }
        var request = PredictRequest.newBuilder().setModelSpec(spec);
        for (Map.Entry<String, JsonNode> input : signature.path("inputs").properties()) {
            var logged = prediction.inputs().get(input.getKey());
            if (logged == null && signature.path("inputs").size() == 1) {
                // The features were inside of a serialised Example.
                logged = new Feature.Bytes(new byte[][] {Example.of(prediction.inputs()).encode()});
            }
            if (logged == null) {
                throw new IOException("prediction " + prediction.id() + ": no input " + input.getKey()
                        + " (expected: all inputs of signature " + prediction.signature() + "; redacted ones cannot be written)");
            }
            request.putInputs(input.getKey(), tensor(prediction.id() + ", input " + input.getKey(), logged, input.getValue()));
        }
        if (request.getInputsCount() == 0) {
            throw new IOException("signature: " + prediction.signature() + " (expected: one that " + prediction.model() + " serves)");
        }
        return PredictionLog.newBuilder().setPredictLog(PredictLog.newBuilder().setRequest(request)).build();
    }

    private static Input example(LoggedPrediction prediction) throws IOException {
        return Input.newBuilder().setExampleList(ExampleList.newBuilder().addExamples(
                org.tensorflow.proto.Example.parseFrom(Example.of(prediction.inputs()).encode()))).build();
    }

    private static TensorProto tensor(String what, Feature values, JsonNode spec) throws IOException {
        DataType type;
        try {
            type = DataType.valueOf(spec.path("dtype").asString(""));
        } catch (IllegalArgumentException unknown) {
            throw new IOException(what + ": " + spec.path("dtype") + " (expected: a type of TensorFlow)", unknown);
        }
        var tensor = TensorProto.newBuilder().setDtype(type).setTensorShape(shape(what, values.size(), spec.path("tensor_shape").path("dim")));
        switch (values) {
            case Feature.Floats floats -> {
                for (float value : floats.values()) {
                    add(what, tensor, type, value);
                }
            }
            case Feature.Longs longs -> {
                for (long value : longs.values()) {
                    add(what, tensor, type, value);
                }
            }
            case Feature.Bytes bytes -> {
                for (byte[] value : bytes.values()) {
                    tensor.addStringVal(ByteString.copyFrom(value));
                }
            }
        }
        return tensor.build();
    }

    private static void add(String what, TensorProto.Builder tensor, DataType type, Number value) throws IOException {
        switch (type) {
            case DT_FLOAT -> tensor.addFloatVal(value.floatValue());
            case DT_DOUBLE -> tensor.addDoubleVal(value.doubleValue());
            case DT_INT64 -> tensor.addInt64Val(value.longValue());
            case DT_INT32, DT_INT16, DT_INT8, DT_UINT16, DT_UINT8 -> tensor.addIntVal(value.intValue());
            case DT_BOOL -> tensor.addBoolVal(value.longValue() != 0);
            default -> throw new IOException(what + ": numbers for " + type + " (expected: a float, integer or bool type)");
        }
    }

    /** One row; a size that the signature leaves open takes what is there. */
    private static TensorShapeProto shape(String what, int values, JsonNode dims) throws IOException {
        var shape = TensorShapeProto.newBuilder();
        long known = 1;
        int open = -1;
        for (int i = 0; i < dims.size(); i++) {
            long size = i == 0 ? 1 : Long.parseLong(dims.get(i).path("size").asString("-1"));
            if (size < 0) {
                if (open >= 0) {
                    throw new IOException(what + ": several sizes are open (expected: one at most, besides the rows)");
                }
                open = i;
            } else {
                known *= size;
            }
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        if (open >= 0 && known > 0) {
            shape.setDim(open, TensorShapeProto.Dim.newBuilder().setSize(values / known));
            known *= values / known;
        }
        if (known != values) {
            throw new IOException(what + ": " + values + " values (expected: " + known + ", by the shape of the signature)");
        }
        return shape.build();
    }
}

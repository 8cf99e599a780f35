package dev.tideline.training.tensorflow;

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
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Requests that a server sends to a version before anybody else does: TFRecords of TensorFlow Serving's {@code PredictionLog}. */
final class WarmUpRequests {

    static final String PATH = "assets.extra/tf_serving_warmup_requests";

    private WarmUpRequests() {}

    /** Writes the file; {@code requests} by signature key, {@code examples} as they are for classify and regress. */
    static void write(Path folder, String model, List<Signature> signatures, Map<String, Map<String, Tensor>> requests, List<byte[]> examples) {
        var file = folder.resolve(PATH);
        try {
            Files.createDirectories(file.getParent());
            var input = input(examples);
            try (var writer = TfRecordWriter.create(file)) {
                for (var signature : signatures) {
                    writer.write(log(model, signature, requests.get(signature.key()), input).toByteArray());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static PredictionLog log(String model, Signature signature, Map<String, Tensor> inputs, Input examples) {
        var spec = ModelSpec.newBuilder().setName(model).setSignatureName(signature.key());
        var log = PredictionLog.newBuilder();
        switch (signature.methodName()) {
            case ExampleNodes.CLASSIFY -> log.setClassifyLog(ClassifyLog.newBuilder()
                .setRequest(ClassificationRequest.newBuilder().setModelSpec(spec).setInput(examples)));
            case ExampleNodes.REGRESS -> log.setRegressLog(RegressLog.newBuilder()
                .setRequest(RegressionRequest.newBuilder().setModelSpec(spec).setInput(examples)));
            default -> {
                var request = PredictRequest.newBuilder().setModelSpec(spec);
                inputs.forEach((name, tensor) -> request.putInputs(name, proto(tensor)));
                log.setPredictLog(PredictLog.newBuilder().setRequest(request));
            }
        }
        return log.build();
    }

    private static Input input(List<byte[]> examples) throws IOException {
        var list = ExampleList.newBuilder();
        for (var example : examples) {
            list.addExamples(Example.parseFrom(example));
        }
        return Input.newBuilder().setExampleList(list).build();
    }

    private static TensorProto proto(Tensor tensor) {
        var shape = TensorShapeProto.newBuilder();
        for (long size : tensor.shape().asArray()) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        var proto = TensorProto.newBuilder().setTensorShape(shape);
        switch (tensor) {
            case TFloat32 floats -> {
                proto.setDtype(DataType.DT_FLOAT);
                floats.scalars().forEach(value -> proto.addFloatVal(value.getFloat()));
            }
            case TInt64 longs -> {
                proto.setDtype(DataType.DT_INT64);
                longs.scalars().forEach(value -> proto.addInt64Val(value.getLong()));
            }
            case TString strings -> {
                proto.setDtype(DataType.DT_STRING);
                strings.asBytes().scalars().forEach(value -> proto.addStringVal(ByteString.copyFrom(value.getObject())));
            }
            default -> throw new IllegalStateException("type: " + tensor.dataType() + " (expected: float, int64 or string)");
        }
        return proto.build();
    }
}

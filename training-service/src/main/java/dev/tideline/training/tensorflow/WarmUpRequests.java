package dev.tideline.training.tensorflow;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Requests that a server sends to a version before anybody else does: TFRecords of TensorFlow Serving's {@code PredictionLog}. The
 * messages have no class here and are small, so they are written field by field; numbers as in TensorFlow Serving's
 * {@code prediction_log.proto}, {@code predict.proto}, {@code classification.proto}, {@code input.proto} and {@code model.proto}.
 */
final class WarmUpRequests {

    static final String PATH = "assets.extra/tf_serving_warmup_requests";

    private static final int CLASSIFY_LOG = 2;
    private static final int REGRESS_LOG = 3;
    private static final int PREDICT_LOG = 6;

    private WarmUpRequests() {}

    /** Writes the file; {@code requests} by signature key, {@code examples} as they are for classify and regress. */
    static void write(Path folder, String model, List<Signature> signatures, Map<String, Map<String, Tensor>> requests, List<byte[]> examples) {
        var file = folder.resolve(PATH);
        try {
            Files.createDirectories(file.getParent());
            try (var writer = TfRecordWriter.create(file)) {
                for (var signature : signatures) {
                    writer.write(log(model, signature, requests.get(signature.key()), examples));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static byte[] log(String model, Signature signature, Map<String, Tensor> inputs, List<byte[]> examples) {
        var spec = message(out -> {
            out.writeString(1, model);
            out.writeString(3, signature.key());
        });
        int kind = switch (signature.methodName()) {
            case ExampleNodes.CLASSIFY -> CLASSIFY_LOG;
            case ExampleNodes.REGRESS -> REGRESS_LOG;
            default -> PREDICT_LOG;
        };
        var request = message(out -> {
            out.writeByteArray(1, spec);
            if (kind == PREDICT_LOG) {
                for (var input : inputs.entrySet()) {
                    out.writeByteArray(2, message(entry -> {
                        entry.writeString(1, input.getKey());
                        entry.writeByteArray(2, proto(input.getValue()).toByteArray());
                    }));
                }
            } else {
                // Input { ExampleList example_list = 1 { repeated Example examples = 1 } }
                out.writeByteArray(2, message(input -> input.writeByteArray(1, message(list -> {
                    for (var example : examples) {
                        list.writeByteArray(1, example);
                    }
                }))));
            }
        });
        return message(out -> out.writeByteArray(kind, message(log -> log.writeByteArray(1, request))));
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

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        var bytes = new ByteArrayOutputStream();
        try {
            var out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}

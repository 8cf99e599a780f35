package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.inference.tensorflow.ExampleModels;
import dev.tideline.serving.protocol.ExampleList;
import dev.tideline.serving.protocol.Input;
import dev.tideline.serving.protocol.ModelServiceGrpc;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.PredictRequest;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/** A client of the gRPC door, and the classic model behind it under the name {@code wired}, version 123, label L. */
abstract class GrpcPlatform extends Platform {

    protected static final String MODEL = "wired";

    protected final ManagedChannel channel;
    protected final PredictionServiceGrpc.PredictionServiceBlockingStub predictions;
    protected final ModelServiceGrpc.ModelServiceBlockingStub models;

    GrpcPlatform(int port, int grpcPort) {
        super(port);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort).usePlaintext().build();
        predictions = PredictionServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
        models = ModelServiceGrpc.newBlockingStub(channel).withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    protected void serveClassic() {
        if (get("/v1/models/" + MODEL).statusCode() == 404) {
            ExampleModels.write(ROOT.resolve("models/wired/123"));
            promote(MODEL, 123, Map.of(123L, "models/wired/123"), Map.of(ModelVersionEvent.CHAMPION, 123L, "L", 123L));
        }
        awaitVersion(MODEL, 123, "AVAILABLE");
    }

    @AfterEach
    void hangUp() throws InterruptedException {
        channel.shutdownNow();
        assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    protected static ModelSpec.Builder spec(String signature) {
        return ModelSpec.newBuilder().setName(MODEL).setSignatureName(signature);
    }

    protected static TensorProto floats(float... values) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDtype(DataType.DT_FLOAT).setTensorShape(
                TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(values.length)));
        for (float value : values) {
            tensor.addFloatVal(value);
        }
        return tensor.build();
    }

    protected static PredictRequest.Builder predict(float... x) {
        return PredictRequest.newBuilder().setModelSpec(spec("")).putInputs("x", floats(x));
    }

    protected static Example example(String feature, float value) {
        return Example.newBuilder().setFeatures(Features.newBuilder().putFeature(feature,
                Feature.newBuilder().setFloatList(FloatList.newBuilder().addValue(value)).build())).build();
    }

    protected static Input examples(float... x) {
        ExampleList.Builder list = ExampleList.newBuilder();
        for (float value : x) {
            list.addExamples(example("x", value));
        }
        return Input.newBuilder().setExampleList(list).build();
    }

    protected static StatusRuntimeException refused(ThrowingCallable call, Status.Code code, String text) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus().getDescription()).contains(text);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        return refusal;
    }
}

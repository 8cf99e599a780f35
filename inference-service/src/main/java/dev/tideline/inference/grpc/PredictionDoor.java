package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.prediction.PendingPrediction;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.serving.protocol.ClassificationRequest;
import dev.tideline.serving.protocol.ClassificationResponse;
import dev.tideline.serving.protocol.GetModelMetadataRequest;
import dev.tideline.serving.protocol.GetModelMetadataResponse;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.MultiInferenceRequest;
import dev.tideline.serving.protocol.MultiInferenceResponse;
import dev.tideline.serving.protocol.PackedPredictRequest;
import dev.tideline.serving.protocol.PackedPredictResponse;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import dev.tideline.serving.protocol.RegressionRequest;
import dev.tideline.serving.protocol.RegressionResponse;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** TensorFlow Serving's {@code PredictionService}. */
final class PredictionDoor extends PredictionServiceGrpc.PredictionServiceImplBase {

    private final Calls calls;
    private final ServableManager servables;
    private final TensorEncoder tensors;

    PredictionDoor(Calls calls, ServableManager servables, GrpcProperties properties) {
        this.calls = calls;
        this.servables = servables;
        this.tensors = new TensorEncoder(properties.tensorContent());
    }

    /** The whole service. */
    BindableService service() {
        return () -> PackedPredict.in(bindService(), this::packed);
    }

    private void packed(PackedPredictRequest request, StreamObserver<PackedPredictResponse> observer) {
        PredictCall call = new PredictCall(request);
        calls.predict(observer, () -> List.of(start(request.hasModelSpec(), request.getModelSpec(), call)),
                predictions -> answer(call, predictions.getFirst()));
    }

    private PendingPrediction start(boolean specified, ModelSpec spec, InputReader request) {
        ModelSpecs.check(specified, spec);
        return calls.start(spec, ModelSpecs.choice(spec), request);
    }

    private PackedPredictResponse answer(PredictCall call, Prediction prediction) {
        PackedPredictResponse.Builder response = PackedPredictResponse.newBuilder().setModelSpec(ModelSpecs.used(prediction));
        prediction.outputs().forEach((alias, tensor) -> {
            if (call.wants(alias)) {
                response.putOutputs(alias, tensors.write(tensor));
            }
        });
        return response.build();
    }

    @Override
    public void classify(ClassificationRequest request, StreamObserver<ClassificationResponse> observer) {
        calls.predict(observer, () -> List.of(start(request.hasModelSpec(), request.getModelSpec(),
                ExampleCall.classify(request.getModelSpec(), request.getInput()))), predictions ->
                ClassificationResponse.newBuilder().setModelSpec(ModelSpecs.used(predictions.getFirst()))
                        .setResult(ExampleResults.classification(predictions.getFirst())).build());
    }

    @Override
    public void regress(RegressionRequest request, StreamObserver<RegressionResponse> observer) {
        calls.predict(observer, () -> List.of(start(request.hasModelSpec(), request.getModelSpec(),
                ExampleCall.regress(request.getModelSpec(), request.getInput()))), predictions ->
                RegressionResponse.newBuilder().setModelSpec(ModelSpecs.used(predictions.getFirst()))
                        .setResult(ExampleResults.regression(predictions.getFirst())).build());
    }

    @Override
    public void multiInference(MultiInferenceRequest request, StreamObserver<MultiInferenceResponse> observer) {
        MultiInference tasks = new MultiInference(request, servables);
        calls.predict(observer, () -> tasks.start(calls), tasks::answer);
    }

    @Override
    public void getModelMetadata(GetModelMetadataRequest request, StreamObserver<GetModelMetadataResponse> observer) {
        calls.answer(observer, () -> ModelMetadata.of(servables, request));
    }
}

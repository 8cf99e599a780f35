package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.serving.protocol.ClassificationRequest;
import dev.tideline.serving.protocol.ClassificationResponse;
import dev.tideline.serving.protocol.GetModelMetadataRequest;
import dev.tideline.serving.protocol.GetModelMetadataResponse;
import dev.tideline.serving.protocol.MultiInferenceRequest;
import dev.tideline.serving.protocol.MultiInferenceResponse;
import dev.tideline.serving.protocol.PackedPredictRequest;
import dev.tideline.serving.protocol.PackedPredictResponse;
import dev.tideline.serving.protocol.PredictionServiceGrpc;
import dev.tideline.serving.protocol.RegressionRequest;
import dev.tideline.serving.protocol.RegressionResponse;
import io.grpc.BindableService;
import io.grpc.stub.StreamObserver;

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
        return () -> PackedPredict.in(bindService(), (request, observer) -> calls.answer(observer, () -> predict(request)));
    }

    private PackedPredictResponse predict(PackedPredictRequest request) {
        ModelSpecs.check(request.hasModelSpec(), request.getModelSpec());
        PredictCall call = new PredictCall(request);
        Prediction prediction = calls.run(request.getModelSpec().getName(), ModelSpecs.choice(request.getModelSpec()), call);
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
        calls.answer(observer, () -> {
            ModelSpecs.check(request.hasModelSpec(), request.getModelSpec());
            ExampleCall call = ExampleCall.of(request.getModelSpec(), request.getInput());
            Prediction prediction = calls.run(request.getModelSpec().getName(), ModelSpecs.choice(request.getModelSpec()), call);
            return ClassificationResponse.newBuilder().setModelSpec(ModelSpecs.used(prediction))
                    .setResult(ExampleResults.classification(prediction)).build();
        });
    }

    @Override
    public void regress(RegressionRequest request, StreamObserver<RegressionResponse> observer) {
        calls.answer(observer, () -> {
            ModelSpecs.check(request.hasModelSpec(), request.getModelSpec());
            ExampleCall call = ExampleCall.of(request.getModelSpec(), request.getInput());
            Prediction prediction = calls.run(request.getModelSpec().getName(), ModelSpecs.choice(request.getModelSpec()), call);
            return RegressionResponse.newBuilder().setModelSpec(ModelSpecs.used(prediction))
                    .setResult(ExampleResults.regression(prediction)).build();
        });
    }

    @Override
    public void multiInference(MultiInferenceRequest request, StreamObserver<MultiInferenceResponse> observer) {
        calls.answer(observer, () -> new MultiInference(calls).answer(request));
    }

    @Override
    public void getModelMetadata(GetModelMetadataRequest request, StreamObserver<GetModelMetadataResponse> observer) {
        calls.answer(observer, () -> ModelMetadata.of(servables, request));
    }
}

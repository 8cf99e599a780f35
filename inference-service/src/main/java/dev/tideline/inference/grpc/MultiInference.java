package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.serving.protocol.InferenceResult;
import dev.tideline.serving.protocol.InferenceTask;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.MultiInferenceRequest;
import dev.tideline.serving.protocol.MultiInferenceResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several classifications and regressions over the same examples, by one version. Each is a run of its own, batched as any other. */
final class MultiInference {

    private static final String CLASSIFY = "tensorflow/serving/classify";
    private static final String REGRESS = "tensorflow/serving/regress";

    private final Calls calls;

    MultiInference(Calls calls) {
        this.calls = calls;
    }

    /** @throws StatusException when any task is refused or fails */
    MultiInferenceResponse answer(MultiInferenceRequest request) {
        check(request.getTasksList());
        MultiInferenceResponse.Builder response = MultiInferenceResponse.newBuilder();
        VersionChoice version = ModelSpecs.choice(request.getTasks(0).getModelSpec());
        for (InferenceTask task : request.getTasksList()) {
            ModelSpec spec = task.getModelSpec();
            Prediction prediction = calls.run(spec.getName(), version, ExampleCall.task(spec, request.getInput()));
            version = new VersionChoice.Exact(prediction.servable().version());
            response.addResults(result(task, prediction));
        }
        return response.build();
    }

    private static InferenceResult result(InferenceTask task, Prediction prediction) {
        InferenceResult.Builder result = InferenceResult.newBuilder().setModelSpec(ModelSpecs.used(prediction));
        if (task.getMethodName().equals(CLASSIFY)) {
            return result.setClassificationResult(ExampleResults.classification(prediction)).build();
        }
        return result.setRegressionResult(ExampleResults.regression(prediction)).build();
    }

    private static void check(List<InferenceTask> tasks) {
        if (tasks.isEmpty()) {
            throw StatusException.invalid("tasks: none (expected: at least one)");
        }
        String model = tasks.getFirst().getModelSpec().getName();
        Set<String> signatures = new HashSet<>();
        for (InferenceTask task : tasks) {
            ModelSpecs.check(task.hasModelSpec(), task.getModelSpec());
            if (!task.getModelSpec().getName().equals(model)) {
                throw StatusException.invalid("All ModelSpecs in a MultiInferenceRequest must access the same model name.");
            }
            String signature = ModelSpecs.signature(task.getModelSpec());
            if (!signatures.add(signature)) {
                throw StatusException.invalid("Duplicate evaluation of signature: " + signature);
            }
            if (!task.getMethodName().equals(CLASSIFY) && !task.getMethodName().equals(REGRESS)) {
                throw new StatusException(StatusCode.UNIMPLEMENTED, "Unsupported signature method_name: " + task.getMethodName());
            }
        }
    }
}

package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.PendingPrediction;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.serving.protocol.InferenceResult;
import dev.tideline.serving.protocol.InferenceTask;
import dev.tideline.serving.protocol.ModelSpec;
import dev.tideline.serving.protocol.MultiInferenceRequest;
import dev.tideline.serving.protocol.MultiInferenceResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Several classifications and regressions over the same examples, by one version. Each is a run of its own, batched as any other. */
final class MultiInference {

    private static final String CLASSIFY = "tensorflow/serving/classify";
    private static final String REGRESS = "tensorflow/serving/regress";

    private final MultiInferenceRequest request;
    private final ServableManager servables;

    MultiInference(MultiInferenceRequest request, ServableManager servables) {
        this.request = request;
        this.servables = servables;
    }

    /** @throws StatusException when any task is refused */
    List<PendingPrediction> start(Calls calls) {
        check(request.getTasksList());
        ModelSpec first = request.getTasks(0).getModelSpec();
        try (Lease lease = servables.acquire(first.getName(), ModelSpecs.choice(first))) {
            VersionChoice version = new VersionChoice.Exact(lease.servable().id().version());
            List<PendingPrediction> started = new ArrayList<>();
            try {
                for (InferenceTask task : request.getTasksList()) {
                    started.add(calls.start(task.getModelSpec(), version, ExampleCall.task(method(task), task.getModelSpec(), request.getInput())));
                }
            } catch (RuntimeException e) {
                started.forEach(PendingPrediction::withdraw);
                throw e;
            }
            return started;
        }
    }

    MultiInferenceResponse answer(List<Prediction> predictions) {
        MultiInferenceResponse.Builder response = MultiInferenceResponse.newBuilder();
        for (int i = 0; i < predictions.size(); i++) {
            response.addResults(result(request.getTasks(i), predictions.get(i)));
        }
        return response.build();
    }

    private static EntryPoint method(InferenceTask task) {
        return switch (task.getMethodName()) {
            case CLASSIFY -> EntryPoint.GRPC_MULTI_CLASSIFY;
            case REGRESS -> EntryPoint.GRPC_MULTI_REGRESS;
            default -> throw new StatusException(StatusCode.UNIMPLEMENTED, "Unsupported signature method_name: " + task.getMethodName());
        };
    }

    private static InferenceResult result(InferenceTask task, Prediction prediction) {
        InferenceResult.Builder result = InferenceResult.newBuilder().setModelSpec(ModelSpecs.used(prediction));
        if (method(task) == EntryPoint.GRPC_MULTI_CLASSIFY) {
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
            method(task);
        }
    }
}

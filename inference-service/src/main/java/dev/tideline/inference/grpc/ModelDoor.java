package dev.tideline.inference.grpc;

import dev.tideline.inference.configuration.ConfigurationReload;
import dev.tideline.inference.prediction.ModelStatus;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.servable.VersionStatus;
import dev.tideline.inference.servingmetrics.ServingCounters;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.serving.protocol.GetModelStatusRequest;
import dev.tideline.serving.protocol.GetModelStatusResponse;
import dev.tideline.serving.protocol.Metric;
import dev.tideline.serving.protocol.ModelServiceGrpc;
import dev.tideline.serving.protocol.ModelVersionStatus;
import dev.tideline.serving.protocol.ReloadConfigRequest;
import dev.tideline.serving.protocol.ReloadConfigResponse;
import dev.tideline.serving.protocol.StatusProto;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.ObjectProvider;
import org.tensorflow.proto.error.Code;

/** TensorFlow Serving's {@code ModelService}. */
final class ModelDoor extends ModelServiceGrpc.ModelServiceImplBase {

    /** For clients that reload without a deadline: loads may take long, but not for ever. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Calls calls;
    private final ServableManager servables;
    private final ObjectProvider<ConfigurationReload> reload;
    private final ServingCounters counters;

    ModelDoor(Calls calls, ServableManager servables, ObjectProvider<ConfigurationReload> reload, ServingCounters counters) {
        this.calls = calls;
        this.servables = servables;
        this.reload = reload;
        this.counters = counters;
    }

    @Override
    public void getModelStatus(GetModelStatusRequest request, StreamObserver<GetModelStatusResponse> observer) {
        calls.answer(observer, () -> {
            ModelSpecs.check(request.hasModelSpec(), request.getModelSpec());
            GetModelStatusResponse.Builder response = GetModelStatusResponse.newBuilder();
            ModelStatus.of(servables, request.getModelSpec().getName(), ModelSpecs.choice(request.getModelSpec()))
                    .forEach(version -> response.addModelVersionStatus(status(version)));
            return response.build();
        });
    }

    private static ModelVersionStatus status(VersionStatus version) {
        ModelVersionStatus.State state = switch (version.state()) {
            case VersionState.Start s -> ModelVersionStatus.State.START;
            case VersionState.Loading l -> ModelVersionStatus.State.LOADING;
            case VersionState.Available a -> ModelVersionStatus.State.AVAILABLE;
            case VersionState.Unloading u -> ModelVersionStatus.State.UNLOADING;
            case VersionState.End e -> ModelVersionStatus.State.END;
        };
        StatusProto.Builder status = StatusProto.newBuilder();
        if (version.state() instanceof VersionState.End end) {
            status.setErrorCode(Code.forNumber(end.code().number())).setErrorMessage(end.message());
        }
        return ModelVersionStatus.newBuilder().setVersion(version.version()).setState(state).setStatus(status).build();
    }

    @Override
    public void handleReloadConfigRequest(ReloadConfigRequest request, StreamObserver<ReloadConfigResponse> observer) {
        calls.answerLater(observer, () -> {
            ConfigurationReload target = reload.getIfAvailable();
            if (target == null) {
                throw new StatusException(StatusCode.FAILED_PRECONDITION,
                        "models: from Kafka (expected: a service that was started with a model configuration)");
            }
            if (!request.hasConfig()) {
                throw StatusException.invalid("config: absent (expected: the whole list of models)");
            }
            List<Long> before = counted(request);
            Deadline deadline = Context.current().getDeadline();
            target.reload(request.getConfig(),
                    deadline == null ? PATIENCE : Duration.ofNanos(Math.max(0, deadline.timeRemaining(TimeUnit.NANOSECONDS))));
            ReloadConfigResponse.Builder response = ReloadConfigResponse.newBuilder().setStatus(StatusProto.getDefaultInstance());
            List<Long> after = counted(request);
            for (int i = 0; i < after.size(); i++) {
                response.addMetric(Metric.newBuilder().setName(request.getMetricNames(i)).setInt64ValueIncrease(after.get(i) - before.get(i)));
            }
            return response.build();
        });
    }

    /** By what a reload has moved counters, for callers that name some; a name without a counter has not moved. */
    private List<Long> counted(ReloadConfigRequest request) {
        return request.getMetricNamesList().stream().map(counters::value).toList();
    }
}

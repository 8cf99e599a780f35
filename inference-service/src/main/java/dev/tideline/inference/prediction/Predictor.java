package dev.tideline.inference.prediction;

import dev.tideline.inference.admission.Admission;
import dev.tideline.inference.batching.Batcher;
import dev.tideline.inference.batching.Priority;
import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers a prediction request. Blocks the caller, who should come on a virtual thread. */
@Component
public final class Predictor {

    private static final Logger log = LoggerFactory.getLogger(Predictor.class);

    private final ServableManager servables;
    private final Admission admission;
    private final Batcher batcher;
    private final PredictionMetrics metrics;
    private final List<PredictionListener> listeners;
    private final InstantSource clock;

    Predictor(
            ServableManager servables, Admission admission, Batcher batcher, PredictionMetrics metrics,
            List<PredictionListener> listeners, InstantSource clock) {
        this.servables = servables;
        this.admission = admission;
        this.batcher = batcher;
        this.metrics = metrics;
        this.listeners = listeners;
        this.clock = clock;
    }

    /** @throws StatusException whatever goes wrong */
    public Prediction predict(String requestId, String model, VersionChoice choice, InputReader request, Duration timeout) {
        return predict(requestId, model, choice, request, Priority.DEFAULT, timeout);
    }

    /**
     * @param timeout what the caller leaves for the answer; when it is over, a request that still waits is not run any more
     * @throws StatusException whatever goes wrong
     */
    public Prediction predict(
            String requestId, String model, VersionChoice choice, InputReader request, Priority priority, Duration timeout) {
        Measure measure = metrics.start();
        try (Lease lease = servables.acquire(model, choice)) {
            measure.servable(lease.servable().id());
            Prediction prediction;
            try (Admission.Pass pass = admission.enter(lease.servable().id(), priority)) {
                prediction = predict(requestId, lease, request, priority, measure, timeout);
            }
            measure.answered(prediction);
            listeners.forEach(listener -> listener.predicted(prediction));
            return prediction;
        } catch (StatusException e) {
            measure.failed(e.code());
            throw e;
        } catch (RuntimeException e) {
            measure.failed(StatusCode.INTERNAL);
            log.error("Request {} for {} failed", requestId, model, e);
            throw new StatusException(StatusCode.INTERNAL, "The service met a fault; its log has the particulars", e);
        }
    }

    private Prediction predict(
            String requestId, Lease lease, InputReader request, Priority priority, Measure measure, Duration timeout) {
        var time = clock.instant();
        long deadline = System.nanoTime() + timeout.toNanos();
        Servable servable = lease.servable();
        Signature signature = request.choose(servable.signatures());
        measure.signature(signature.name());
        Map<String, Tensor> inputs = InputCheck.check(signature, request.read(signature));
        Map<String, Tensor> outputs = await(batcher.submit(lease, signature, inputs, priority, deadline), deadline, timeout);
        return new Prediction(requestId, servable.id(), signature, servable.schemaFingerprint(), time, inputs, outputs);
    }

    private static Map<String, Tensor> await(CompletableFuture<Map<String, Tensor>> answer, long deadline, Duration timeout) {
        StatusException failure;
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusException status) {
                throw status;
            }
            throw new IllegalStateException("A run failed", e.getCause());
        } catch (TimeoutException e) {
            failure = new StatusException(StatusCode.DEADLINE_EXCEEDED, "deadline: over after " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = new StatusException(StatusCode.CANCELLED, "The request was cancelled");
        }
        answer.completeExceptionally(failure);
        throw failure;
    }
}

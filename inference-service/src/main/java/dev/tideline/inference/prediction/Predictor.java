package dev.tideline.inference.prediction;

import dev.tideline.inference.admission.Admission;
import dev.tideline.inference.batching.Batcher;
import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Answers prediction requests. Each is checked on the caller's thread, and ends on the thread that ran it. */
@Component
public final class Predictor {

    private static final Logger log = LoggerFactory.getLogger(Predictor.class);

    private final ServableManager servables;
    private final Admission admission;
    private final MethodCheck methods;
    private final Batcher batcher;
    private final PredictionMetrics metrics;
    private final TraceHeaders traces;
    private final Expiry expiry;
    private final List<PredictionListener> listeners;
    private final InstantSource clock;

    Predictor(
            ServableManager servables, Admission admission, MethodCheck methods, Batcher batcher, PredictionMetrics metrics, TraceHeaders traces,
            Expiry expiry, List<PredictionListener> listeners, InstantSource clock) {
        this.servables = servables;
        this.admission = admission;
        this.methods = methods;
        this.batcher = batcher;
        this.metrics = metrics;
        this.traces = traces;
        this.expiry = expiry;
        this.listeners = listeners;
        this.clock = clock;
    }

    /**
     * Checks a request and queues it; never waits.
     *
     * @param terms with what the caller leaves for the answer; when that is over, a request that still waits is not run any more
     * @throws StatusException when the request is refused
     */
    public PendingPrediction start(String requestId, String model, VersionChoice choice, InputReader request, RequestTerms terms) {
        Measure measure = metrics.start(request.entryPoint());
        try (Lease lease = servables.acquire(model, choice)) {
            measure.servable(lease.servable().id());
            Admission.Pass pass = admission.enter(lease.servable().id(), terms.priority());
            try {
                return start(requestId, lease, request, terms, measure, pass);
            } catch (RuntimeException | Error e) {
                pass.close();
                throw e;
            }
        } catch (StatusException e) {
            measure.failed(e.code());
            throw e;
        } catch (RuntimeException e) {
            throw fault(requestId, model, measure, e);
        }
    }

    private PendingPrediction start(
            String requestId, Lease lease, InputReader request, RequestTerms terms, Measure measure, Admission.Pass pass) {
        Instant time = clock.instant();
        long deadline = System.nanoTime() + terms.timeout().toNanos();
        Servable servable = lease.servable();
        Signature signature = request.choose(servable.signatures());
        measure.signature(signature.name());
        methods.check(request.entryPoint(), signature);
        InputCheck.Checked checked = InputCheck.check(signature, request.read(signature));
        Map<String, Tensor> inputs = checked.inputs();
        Map<String, String> trace = traces.current();
        measure.checked();
        CompletableFuture<Map<String, Tensor>> run = checked.odd().isEmpty()
                ? batcher.submit(lease, signature, inputs, terms.priority(), deadline)
                : batcher.submitAlone(lease, signature, inputs, terms.priority(), deadline);
        Future<?> timer = run.isDone() ? run : expiry.watch(run, deadline, terms.timeout());
        CompletableFuture<Prediction> prediction = run.handle((outputs, failure) -> {
            timer.cancel(false);
            pass.close();
            if (failure != null) {
                throw failed(requestId, servable.id().model(), measure, checked.explain(failure));
            }
            return answered(new Prediction(
                    requestId, servable.id(), signature, servable.schemaFingerprint(), time, trace, inputs, outputs), measure);
        });
        return new PendingPrediction(run, prediction, deadline);
    }

    private Prediction answered(Prediction prediction, Measure measure) {
        try {
            measure.answered(prediction);
            for (PredictionListener listener : listeners) {
                listener.predicted(prediction);
            }
            return prediction;
        } catch (RuntimeException e) {
            throw fault(prediction.requestId(), prediction.servable().model(), measure, e);
        }
    }

    private static StatusException failed(String requestId, String model, Measure measure, Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof StatusException status) {
            measure.failed(status.code());
            return status;
        }
        return fault(requestId, model, measure, cause);
    }

    private static StatusException fault(String requestId, String model, Measure measure, Throwable e) {
        measure.failed(StatusCode.INTERNAL);
        log.error("Request {} for {} failed", requestId, model, e);
        return new StatusException(StatusCode.INTERNAL, "The service met a fault; its log has the particulars", e);
    }
}

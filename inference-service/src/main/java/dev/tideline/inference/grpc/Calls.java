package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.prediction.PendingPrediction;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.prediction.Predictor;
import dev.tideline.inference.prediction.RequestIds;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.serving.protocol.ModelSpec;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What all calls share: they never hold their thread, fail with canonical codes, and end when the client goes away or its time is over. */
@Component
final class Calls {

    private static final Logger log = LoggerFactory.getLogger(Calls.class);
    /** As TensorFlow Serving cuts its messages: they travel as a header. */
    private static final int MAX_MESSAGE = 1024;
    /** Clients that retry wait as long as HTTP's Retry-After says. */
    private static final Metadata.Key<String> RETRY = Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final Predictor predictor;
    private final RequestIds ids;
    private final GrpcProperties properties;

    Calls(Predictor predictor, RequestIds ids, GrpcProperties properties) {
        this.predictor = predictor;
        this.ids = ids;
        this.properties = properties;
    }

    /** Work that is short: the connection's own thread does it. */
    <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        // Without a handler, an answer that nobody waits for any more would be an exception.
        ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(() -> { });
        finish(observer, work);
    }

    /** Work that waits: a thread of its own does it. */
    <T> void answerLater(StreamObserver<T> observer, Supplier<T> work) {
        ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(() -> { });
        Thread.ofVirtual().name("grpc-call").start(Context.current().wrap(() -> finish(observer, work)));
    }

    /**
     * Queues predictions, and answers with what {@code write} makes of them, on the thread that ran the last. When one fails, the call fails.
     *
     * @param requests begins each with {@link #start}
     */
    <T> void predict(StreamObserver<T> observer, Supplier<List<PendingPrediction>> requests, Function<List<Prediction>, T> write) {
        ServerCallStreamObserver<T> call = (ServerCallStreamObserver<T>) observer;
        call.setOnCancelHandler(() -> { });
        List<PendingPrediction> pending;
        try {
            pending = requests.get();
        } catch (RuntimeException e) {
            fail(call, e);
            return;
        }
        CallTerms terms = CallTerms.current();
        call.setOnCancelHandler(() -> pending.forEach(PendingPrediction::withdraw));
        if (call.isCancelled()) {
            pending.forEach(PendingPrediction::withdraw);
        }
        PendingPrediction.whenEnded(pending, predictions -> {
            terms.answeredBy(predictions.getFirst().servable().version());
            finish(call, () -> write.apply(predictions));
        }, failure -> fail(call, failure));
    }

    /** @throws StatusException when the request is refused */
    PendingPrediction start(ModelSpec spec, VersionChoice version, InputReader request) {
        CallTerms call = CallTerms.current();
        return predictor.start(call.requestId(ids), spec.getName(), version, request, call.request(properties.timeout()));
    }

    private static <T> void finish(StreamObserver<T> observer, Supplier<T> work) {
        T answer;
        try {
            answer = work.get();
        } catch (RuntimeException e) {
            fail(observer, e);
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }

    private static void fail(StreamObserver<?> observer, RuntimeException failure) {
        if (failure instanceof StatusException e) {
            String shown = e.text().length() <= MAX_MESSAGE ? e.text() : e.text().substring(0, MAX_MESSAGE) + "...TRUNCATED";
            observer.onError(Status.fromCodeValue(e.code().number()).withDescription(shown).asRuntimeException(trailers(e)));
        } else {
            log.error("A call failed", failure);
            observer.onError(Status.INTERNAL.withDescription("The service met a fault; its log has the particulars")
                    .asRuntimeException(new Metadata()));
        }
    }

    static Metadata trailers(StatusException failure) {
        Metadata trailers = new Metadata();
        if (failure.code() == StatusCode.RESOURCE_EXHAUSTED) {
            trailers.put(RETRY, Long.toString(failure.retryAfter().toMillis()));
        }
        return trailers;
    }
}

package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.InputReader;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.prediction.Predictor;
import dev.tideline.inference.prediction.RequestIds;
import dev.tideline.inference.prediction.RequestTerms;
import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** What all calls share: they run in a virtual thread each, fail with canonical codes, and end when the client goes away. */
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

    <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
        // Without a handler, an answer that nobody waits for any more would be an exception.
        ((ServerCallStreamObserver<T>) observer).setOnCancelHandler(() -> { });
        T answer;
        try {
            answer = work.get();
        } catch (StatusException e) {
            fail(observer, e.code(), e.text(), e.retryAfter());
            return;
        } catch (RuntimeException e) {
            log.error("A call failed", e);
            fail(observer, StatusCode.INTERNAL, "The service met a fault; its log has the particulars", Duration.ZERO);
            return;
        }
        observer.onNext(answer);
        observer.onCompleted();
    }

    private static void fail(StreamObserver<?> observer, StatusCode code, String text, Duration retryAfter) {
        Metadata trailers = new Metadata();
        if (code == StatusCode.RESOURCE_EXHAUSTED) {
            trailers.put(RETRY, Long.toString(retryAfter.toMillis()));
        }
        String shown = text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE) + "...TRUNCATED";
        observer.onError(Status.fromCodeValue(code.number()).withDescription(shown).asRuntimeException(trailers));
    }

    /** @throws StatusException whatever goes wrong */
    Prediction run(String model, VersionChoice version, InputReader request) {
        CallTerms call = CallTerms.current();
        String id = call.requestId(ids);
        RequestTerms terms = call.request(properties.timeout());
        Thread caller = Thread.currentThread();
        Context.CancellationListener gone = context -> caller.interrupt();
        Context context = Context.current();
        context.addListener(gone, Runnable::run);
        try {
            Prediction prediction = predictor.predict(id, model, version, request, terms.priority(), terms.timeout());
            call.answeredBy(prediction.servable().version());
            return prediction;
        } finally {
            context.removeListener(gone);
            Thread.interrupted();
        }
    }
}

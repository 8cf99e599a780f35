package dev.tideline.inference.grpc;

import dev.tideline.inference.prediction.RequestIds;
import dev.tideline.inference.prediction.RequestTerms;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a call says beside its message, and what the answer says beside its own. */
final class CallTerms {

    private static final Context.Key<CallTerms> KEY = Context.key("tideline-call");
    private static final Metadata.Key<String> REQUEST_ID = key("Tideline-Request-Id");
    private static final Metadata.Key<String> MODEL_VERSION = key("Tideline-Model-Version");
    private static final Metadata.Key<String> PRIORITY = key(RequestTerms.PRIORITY);
    private static final Metadata.Key<String> TIMEOUT = key(RequestTerms.TIMEOUT);

    private final Metadata headers;
    private volatile @Nullable String requestId;
    private volatile @Nullable String version;

    CallTerms(Metadata headers) {
        this.headers = headers;
    }

    private static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    Context in(Context context) {
        return context.withValue(KEY, this);
    }

    static CallTerms current() {
        CallTerms terms = KEY.get();
        if (terms == null) {
            throw new IllegalStateException("call: without terms (expected: CallInterceptor before every service)");
        }
        return terms;
    }

    /** @throws dev.tideline.inference.status.StatusException INVALID_ARGUMENT */
    String requestId(RequestIds ids) {
        String id = ids.orNew(headers.get(REQUEST_ID));
        requestId = id;
        return id;
    }

    /**
     * Priority, and the time that the client's deadline leaves.
     *
     * @throws dev.tideline.inference.status.StatusException INVALID_ARGUMENT
     */
    RequestTerms request(Duration most) {
        Deadline deadline = Context.current().getDeadline();
        long left = deadline == null ? Long.MAX_VALUE : deadline.timeRemaining(TimeUnit.NANOSECONDS);
        Duration limit = left < most.toNanos() ? Duration.ofNanos(Math.max(0, left)) : most;
        return RequestTerms.of(headers.get(PRIORITY), headers.get(TIMEOUT), limit);
    }

    void answeredBy(long number) {
        version = Long.toString(number);
    }

    void addTo(Metadata answer) {
        String id = requestId;
        if (id != null) {
            answer.put(REQUEST_ID, id);
        }
        String number = version;
        if (number != null) {
            answer.put(MODEL_VERSION, number);
        }
    }
}

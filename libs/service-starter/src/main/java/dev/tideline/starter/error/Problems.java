package dev.tideline.starter.error;

import dev.tideline.contracts.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** Writes failures down as {@code application/problem+json} (RFC 9457), and counts them. */
public final class Problems {

    private final ErrorProperties properties;
    private final Tracer tracer;
    private final MeterRegistry meters;

    Problems(ErrorProperties properties, Tracer tracer, MeterRegistry meters) {
        this.properties = properties;
        this.tracer = tracer;
        this.meters = meters;
    }

    /**
     * @param path what was asked for, such as {@code /v1/datasets/trips}; becomes {@code instance}
     */
    public ProblemDetail problem(ErrorCode code, String detail, List<Problem> problems, @Nullable String path) {
        meters.counter("tideline.http.errors", "code", code.name(), "category", code.category().name()).increment();
        ProblemDetail body = ProblemDetail.forStatusAndDetail(HttpStatus.valueOf(code.status()), detail);
        body.setType(URI.create(properties.typeBase() + code.name()));
        body.setTitle(title(code));
        if (path != null) {
            body.setInstance(URI.create(path));
        }
        body.setProperty("code", code.name());
        String traceId = traceId();
        if (traceId != null) {
            body.setProperty("traceId", traceId);
        }
        if (!problems.isEmpty()) {
            body.setProperty("problems", problems);
        }
        return body;
    }

    /** Headers that go with the code: {@code Retry-After} when trying again makes sense. */
    public HttpHeaders headers(ErrorCode code) {
        HttpHeaders headers = new HttpHeaders();
        if (code.retryAfterSeconds() > 0) {
            headers.set(HttpHeaders.RETRY_AFTER, Integer.toString(code.retryAfterSeconds()));
        }
        return headers;
    }

    private @Nullable String traceId() {
        Span span = tracer.currentSpan();
        if (span == null) {
            return null;
        }
        String id = span.context().traceId();
        return id.isEmpty() ? null : id;
    }

    /** {@code NO_RECORDS} becomes {@code No records}. */
    private static String title(ErrorCode code) {
        String words = code.name().replace('_', ' ').toLowerCase(java.util.Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}

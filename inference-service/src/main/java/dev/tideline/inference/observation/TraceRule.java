package dev.tideline.inference.observation;

import io.grpc.Metadata;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/**
 * Says which requests for predictions are observed: those that belong to a caller's trace, and all when spans are exported. An observation
 * costs more than a small prediction, and outside of a trace nobody sees more of it than a timer.
 */
final class TraceRule {

    /** Of W3C, and of B3 in both forms: what Spring Boot reads by default. */
    private static final List<String> HEADERS = List.of("traceparent", "b3", "X-B3-TraceId");
    private static final List<Metadata.Key<String>> KEYS =
            HEADERS.stream().map(name -> Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER)).toList();

    private final boolean exporting;

    TraceRule(boolean exporting) {
        this.exporting = exporting;
    }

    boolean observes(Metadata headers) {
        if (exporting) {
            return true;
        }
        for (Metadata.Key<String> key : KEYS) {
            if (headers.containsKey(key)) {
                return true;
            }
        }
        return false;
    }

    /** Requests for anything but predictions are few, and observed. */
    boolean observes(HttpServletRequest request) {
        if (exporting || !request.getRequestURI().regionMatches(true, 0, "/v1/", 0, 4)) {
            return true;
        }
        for (String name : HEADERS) {
            if (request.getHeader(name) != null) {
                return true;
            }
        }
        return false;
    }
}

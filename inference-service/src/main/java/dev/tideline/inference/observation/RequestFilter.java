package dev.tideline.inference.observation;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.ServerHttpObservationFilter;

/** Spring's filter for what is observed; all else is timed by the observation's name and tags. */
final class RequestFilter extends ServerHttpObservationFilter {

    private record Key(String method, int status) {}

    private final TraceRule rule;
    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    RequestFilter(TraceRule rule, MeterRegistry registry, ObservationRegistry observations) {
        super(observations);
        this.rule = rule;
        this.registry = registry;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (rule.observes(request)) {
            super.doFilterInternal(request, response, chain);
            return;
        }
        long start = System.nanoTime();
        try {
            chain.doFilter(request, response);
        } finally {
            timer(request.getMethod(), response.getStatus()).record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(String given, int status) {
        // HTTP lets callers invent methods.
        String method = switch (given) {
            case "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH" -> given;
            default -> "UNKNOWN";
        };
        Key key = new Key(method, status);
        Timer timer = timers.get(key);
        return timer != null ? timer : timers.computeIfAbsent(key, k -> Timer.builder("http.server.requests")
                .tags("error", "none", "exception", "none", "method", method, "outcome", outcome(status), "status", Integer.toString(status),
                        "uri", "UNKNOWN")
                .register(registry));
    }

    private static String outcome(int status) {
        HttpStatus.Series series = HttpStatus.Series.resolve(status);
        return series == null ? "UNKNOWN" : series == HttpStatus.Series.SUCCESSFUL ? "SUCCESS" : series.name();
    }
}

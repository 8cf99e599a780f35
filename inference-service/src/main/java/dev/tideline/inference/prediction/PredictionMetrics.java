package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Makes the meters of requests, once per combination of tags. */
@Component
final class PredictionMetrics {

    record Key(String model, String version, String signature, StatusCode code) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Key, Counter> rows = new ConcurrentHashMap<>();

    PredictionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Measure start() {
        return new Measure(this, System.nanoTime());
    }

    Timer timer(Key key) {
        return timers.computeIfAbsent(key, k -> Timer.builder("tideline.inference.requests")
                .description("Predictions, from the request's arrival to its outputs")
                .tags("model", k.model, "version", k.version, "signature", k.signature, "code", k.code.name())
                .publishPercentileHistogram()
                .register(registry));
    }

    Counter rows(Key key) {
        return rows.computeIfAbsent(key, k -> Counter.builder("tideline.inference.rows")
                .description("Rows predicted")
                .tags("model", k.model, "version", k.version, "signature", k.signature)
                .register(registry));
    }
}

package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** Makes the meters of requests, once per combination of tags. */
@Component
final class PredictionMetrics {

    record Key(String model, String version, String signature, EntryPoint entryPoint, StatusCode code) {}

    /** What is measured of answered requests only. */
    record Answered(Timer requests, Timer runtime, Counter rows, DistributionSummary rowsPerRequest) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Key, Answered> answered = new ConcurrentHashMap<>();

    PredictionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    Measure start(EntryPoint entryPoint) {
        return new Measure(this, entryPoint, System.nanoTime());
    }

    Timer timer(Key key) {
        return timers.computeIfAbsent(key, k -> Timer.builder("tideline.inference.requests")
                .description("Predictions, from the request's arrival to its outputs")
                .tags(tags(k).and("door", k.entryPoint.door(), "api", k.entryPoint.api(), "code", k.code.name()))
                .publishPercentileHistogram()
                .register(registry));
    }

    Answered answered(Key key) {
        return answered.computeIfAbsent(key, k -> new Answered(timer(k),
                Timer.builder("tideline.inference.runtime").description("Predictions, from the checked request to its outputs")
                        .tags(tags(k).and("api", k.entryPoint.api())).register(registry),
                Counter.builder("tideline.inference.rows").description("Rows predicted").tags(tags(k)).register(registry),
                DistributionSummary.builder("tideline.inference.request.rows").description("Rows of a request")
                        .tags(tags(k)).register(registry)));
    }

    private static Tags tags(Key key) {
        return Tags.of("model", key.model, "version", key.version, "signature", key.signature);
    }
}

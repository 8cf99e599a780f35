package dev.tideline.inference.prediction;

import dev.tideline.inference.servable.EndedVersions;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionListener;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the meters of requests, once per combination of tags, and removes those of versions that are long gone. */
@Component
final class PredictionMetrics implements VersionListener {

    record Key(String model, String version, String signature, EntryPoint entryPoint, StatusCode code) {

        boolean isOf(ServableId id) {
            return model.equals(id.model()) && version.equals(Long.toString(id.version()));
        }
    }

    /** What is measured of answered requests only. */
    record Answered(Timer requests, Timer runtime, Counter rows, DistributionSummary rowsPerRequest) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();
    private final Map<Key, Answered> answered = new ConcurrentHashMap<>();
    private final EndedVersions ended = new EndedVersions();

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

    @Override
    public void changed(ServableId id, VersionState state) {
        ended.changed(id, state).ifPresent(gone -> {
            timers.keySet().stream().filter(key -> key.isOf(gone)).forEach(key -> remove(timers.remove(key)));
            answered.keySet().stream().filter(key -> key.isOf(gone)).forEach(key -> {
                Answered meters = answered.remove(key);
                if (meters != null) {
                    List.of(meters.requests, meters.runtime, meters.rows, meters.rowsPerRequest).forEach(this::remove);
                }
            });
        });
    }

    private void remove(@Nullable Meter meter) {
        if (meter != null) {
            registry.remove(meter);
        }
    }

    private static Tags tags(Key key) {
        return Tags.of("model", key.model, "version", key.version, "signature", key.signature);
    }
}

package dev.tideline.inference.servable;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Measures loads, proof and warm-up included. */
@Component
final class LoadMetrics implements VersionListener {

    private final MeterRegistry registry;
    private final Map<ServableId, Long> started = new ConcurrentHashMap<>();

    LoadMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void changed(ServableId id, VersionState state) {
        switch (state) {
            case VersionState.Loading loading -> started.put(id, System.nanoTime());
            case VersionState.Available available -> ended(id, "success");
            case VersionState.End end when end.failed() -> ended(id, "fail");
            case VersionState.End end -> started.remove(id);
            case VersionState.Start start -> { }
            case VersionState.Unloading unloading -> { }
        }
    }

    private void ended(ServableId id, String result) {
        Long start = started.remove(id);
        if (start != null) {
            Timer.builder("tideline.inference.load").description("Loads of versions, proof and warm-up included")
                    .tags("model", id.model(), "result", result).register(registry)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}

package dev.tideline.inference.predictionlog;

import dev.tideline.inference.servable.ServableId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts rows that reached the log, and rows that did not, with the reason. */
final class LogMetrics {

    /** {@code BUFFER}: the log's thread could not keep up. {@code BROKER}: Kafka did not take it. */
    enum Reason { BUFFER, BROKER }

    private record Drop(ServableId id, Reason reason) {}

    private final MeterRegistry registry;
    private final Map<ServableId, Counter> logged = new ConcurrentHashMap<>();
    private final Map<Drop, Counter> dropped = new ConcurrentHashMap<>();

    LogMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void logged(ServableId id) {
        logged.computeIfAbsent(id, key -> Counter.builder("tideline.inference.log.rows")
                .description("Logged predictions").tags("model", id.model(), "version", Long.toString(id.version()))
                .register(registry)).increment();
    }

    void dropped(ServableId id, Reason reason, int rows) {
        dropped.computeIfAbsent(new Drop(id, reason), key -> Counter.builder("tideline.inference.log.dropped")
                .description("Predictions that were answered but not logged")
                .tags("model", id.model(), "version", Long.toString(id.version()), "reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry)).increment(rows);
    }
}

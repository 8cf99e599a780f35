package dev.tideline.inference.predictionlog;

import dev.tideline.inference.servable.EndedVersions;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionListener;
import dev.tideline.inference.servable.VersionState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts rows that reached the log, rows that wait on disk for it, and rows that did not reach it, with the reason. Meters of versions that are long
 * gone are removed.
 */
final class LogMetrics implements VersionListener {

    /** {@code BUFFER}: the log's thread could not keep up. {@code BROKER}: Kafka refused it. {@code DISK}: no room, or it failed. */
    enum Reason { BUFFER, BROKER, DISK }

    private record Drop(ServableId id, Reason reason) {}

    private final MeterRegistry registry;
    private final Map<ServableId, Counter> logged = new ConcurrentHashMap<>();
    private final Map<ServableId, Counter> spooled = new ConcurrentHashMap<>();
    private final Map<Drop, Counter> dropped = new ConcurrentHashMap<>();

    private final EndedVersions ended = new EndedVersions();

    LogMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void logged(ServableId id) {
        logged.computeIfAbsent(id, key -> Counter.builder("tideline.inference.log.rows")
                .description("Logged predictions").tags("model", id.model(), "version", Long.toString(id.version()))
                .register(registry)).increment();
    }

    void spooled(ServableId id) {
        spooled.computeIfAbsent(id, key -> Counter.builder("tideline.inference.log.spooled")
                .description("Predictions that went to disk because the broker was away")
                .tags("model", id.model(), "version", Long.toString(id.version())).register(registry)).increment();
    }

    void dropped(ServableId id, Reason reason, int rows) {
        dropped.computeIfAbsent(new Drop(id, reason), key -> Counter.builder("tideline.inference.log.dropped")
                .description("Predictions that were answered but not logged")
                .tags("model", id.model(), "version", Long.toString(id.version()), "reason", reason.name().toLowerCase(Locale.ROOT))
                .register(registry)).increment(rows);
    }

    void spool(Supplier<Number> bytes) {
        Gauge.builder("tideline.inference.log.spool.bytes", bytes).baseUnit("bytes")
                .description("Predictions on disk that wait for the broker").register(registry);
    }

    /** What the spool held of such a version may still come; then it has meters once more. */
    @Override
    public void changed(ServableId id, VersionState state) {
        ended.changed(id, state).ifPresent(gone -> {
            remove(logged.remove(gone));
            remove(spooled.remove(gone));
            for (Reason reason : Reason.values()) {
                remove(dropped.remove(new Drop(gone, reason)));
            }
        });
    }

    private void remove(@Nullable Counter counter) {
        if (counter != null) {
            registry.remove(counter);
        }
    }
}

package dev.tideline.inference.admission;

import dev.tideline.inference.batching.Priority;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests in work for one version and refuses more than its limit; the less important a request, the sooner. */
final class VersionGate implements AutoCloseable {

    private final ServableId id;
    private final WaitLimit limit;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final MeterRegistry registry;
    private final Map<Priority, Counter> refused = new EnumMap<>(Priority.class);
    private final List<Meter> meters = new ArrayList<>();

    VersionGate(ServableId id, WaitLimit limit, MeterRegistry registry) {
        this.id = id;
        this.limit = limit;
        this.registry = registry;
        Tags tags = Tags.of("model", id.model(), "version", Long.toString(id.version()));
        meters.add(Gauge.builder("tideline.inference.admission.limit", limit, WaitLimit::limit).tags(tags)
                .description("Requests that may be in work").register(registry));
        for (Priority priority : Priority.values()) {
            Counter counter = Counter.builder("tideline.inference.admission.refused")
                    .tags(tags.and("priority", priority.name().toLowerCase(Locale.ROOT)))
                    .description("Requests refused because too many were in work").register(registry);
            refused.put(priority, counter);
            meters.add(counter);
        }
    }

    /** What a priority may use of the limit: the last tenth is for critical requests, the upper half for all but sheddable ones. */
    static int share(int limit, Priority priority) {
        return switch (priority) {
            case CRITICAL -> limit;
            case DEFAULT -> Math.max(1, limit - limit / 10);
            case SHEDDABLE -> Math.max(1, limit / 2);
        };
    }

    /** @throws StatusException RESOURCE_EXHAUSTED */
    void enter(Priority priority) {
        int most = share(limit.limit(), priority);
        if (inFlight.incrementAndGet() > most) {
            inFlight.decrementAndGet();
            refused.get(priority).increment();
            throw StatusException.exhausted("requests in work: " + most + " for " + id
                    + " (expected: fewer, at priority " + priority.name().toLowerCase(Locale.ROOT) + "); try again later", Duration.ofNanos(limit.meanWaitNanos()));
        }
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    void ran(long waitNanos, long now) {
        limit.ran(waitNanos, inFlight.get(), now);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}

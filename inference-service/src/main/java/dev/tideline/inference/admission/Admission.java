package dev.tideline.inference.admission;

import dev.tideline.inference.batching.Priority;
import dev.tideline.inference.batching.RunListener;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionListener;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Bounds the requests in work: over all models by a number, for each version by the time that its requests wait. */
@Component
public final class Admission implements RunListener, VersionListener {

    private final AdmissionProperties properties;
    private final MeterRegistry registry;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Map<ServableId, VersionGate> gates = new ConcurrentHashMap<>();

    Admission(AdmissionProperties properties, MeterRegistry registry) {
        this.properties = properties;
        this.registry = registry;
        Gauge.builder("tideline.inference.in.flight", inFlight, AtomicInteger::get)
                .description("Requests in work").register(registry);
    }

    /** Whoever enters leaves, by closing the pass. */
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * @param id of a version that the caller has leased
     * @throws StatusException RESOURCE_EXHAUSTED
     */
    public Pass enter(ServableId id, Priority priority) {
        int limit = VersionGate.share(properties.maxInFlight(), priority);
        if (inFlight.incrementAndGet() > limit) {
            inFlight.decrementAndGet();
            throw new StatusException(StatusCode.RESOURCE_EXHAUSTED,
                    "requests in work: " + limit + " (expected: fewer than that); try again later");
        }
        VersionGate gate = gates.get(id);
        if (gate == null) {
            gate = gates.computeIfAbsent(id, this::open);
        }
        try {
            gate.enter(priority);
        } catch (StatusException e) {
            inFlight.decrementAndGet();
            throw e;
        }
        VersionGate entered = gate;
        return () -> {
            entered.leave();
            inFlight.decrementAndGet();
        };
    }

    private VersionGate open(ServableId id) {
        return new VersionGate(id, new WaitLimit(
                properties.minInFlight(), properties.maxInFlight(), properties.targetWait().toNanos(), System.nanoTime()), registry);
    }

    @Override
    public void ran(ServableId id, long waitNanos, long runNanos) {
        VersionGate gate = gates.get(id);
        if (gate != null && properties.targetWait().isPositive()) {
            gate.ran(waitNanos, System.nanoTime());
        }
    }

    @Override
    public void changed(ServableId id, VersionState state) {
        if (state instanceof VersionState.End) {
            VersionGate gate = gates.remove(id);
            if (gate != null) {
                gate.close();
            }
        }
    }
}

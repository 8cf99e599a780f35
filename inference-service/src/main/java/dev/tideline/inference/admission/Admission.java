package dev.tideline.inference.admission;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/** Bounds the requests in work. */
@Component
public final class Admission {

    private final int limit;
    private final AtomicInteger inFlight = new AtomicInteger();

    Admission(AdmissionProperties properties, MeterRegistry registry) {
        this.limit = properties.maxInFlight();
        Gauge.builder("tideline.inference.in.flight", inFlight, AtomicInteger::get)
                .description("Requests in work").register(registry);
    }

    /** Whoever enters leaves, by closing the pass. */
    public interface Pass extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws StatusException RESOURCE_EXHAUSTED */
    public Pass enter() {
        if (inFlight.incrementAndGet() > limit) {
            inFlight.decrementAndGet();
            throw new StatusException(StatusCode.RESOURCE_EXHAUSTED,
                    "requests in work: " + limit + " (expected: fewer than that); try again later");
        }
        return inFlight::decrementAndGet;
    }
}

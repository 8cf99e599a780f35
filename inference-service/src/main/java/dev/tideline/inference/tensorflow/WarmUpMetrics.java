package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** Measures warm-ups: how long they take, how they end, how many recorded requests they had. */
final class WarmUpMetrics {

    private final MeterRegistry registry;

    WarmUpMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** @param warmUp tells how many recorded requests it ran */
    void measure(String model, IntSupplier warmUp) {
        long start = System.nanoTime();
        StatusCode code = StatusCode.INTERNAL;
        try {
            int recorded = warmUp.getAsInt();
            code = StatusCode.OK;
            Counter.builder("tideline.inference.warm.up.records").description("Recorded requests that warmed up versions")
                    .tags("model", model).register(registry).increment(recorded);
        } catch (StatusException e) {
            code = e.code();
            throw e;
        } finally {
            Timer.builder("tideline.inference.warm.up").description("Warm-ups of versions")
                    .tags("model", model, "code", code.name()).register(registry)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}

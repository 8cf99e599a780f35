package dev.tideline.inference.batching;

import dev.tideline.inference.servable.ServableId;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Metrics of one queue; they go when its version goes. */
final class BatchObserver implements AutoCloseable {

    private final MeterRegistry registry;
    private final Tags tags;
    private final DistributionSummary rows;
    private final DistributionSummary requests;
    private final Timer wait;
    private final List<Meter> meters = new ArrayList<>();

    BatchObserver(MeterRegistry registry, ServableId id, String signature) {
        this.registry = registry;
        this.tags = Tags.of("model", id.model(), "version", Long.toString(id.version()), "signature", signature);
        this.rows = DistributionSummary.builder("tideline.inference.batch.rows").tags(tags)
                .description("Rows of a run").register(registry);
        this.requests = DistributionSummary.builder("tideline.inference.batch.requests").tags(tags)
                .description("Requests that shared a run").register(registry);
        this.wait = Timer.builder("tideline.inference.batch.wait").tags(tags)
                .description("From a request's arrival in the queue to the start of its run").register(registry);
        meters.addAll(List.of(rows, requests, wait));
    }

    void depth(Supplier<Number> waitingRows) {
        meters.add(Gauge.builder("tideline.inference.queue.rows", waitingRows).tags(tags)
                .description("Rows that wait for a run").register(registry));
    }

    void taken(List<BatchTask> batch, int batchRows, long now) {
        rows.record(batchRows);
        requests.record(batch.size());
        wait.record(now - batch.getFirst().enqueued(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}

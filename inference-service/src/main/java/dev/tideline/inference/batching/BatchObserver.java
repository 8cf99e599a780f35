package dev.tideline.inference.batching;

import dev.tideline.inference.servable.ServableId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Metrics of one queue; they go when its version goes. */
final class BatchObserver implements AutoCloseable {

    /** Why a request left the queue without a run. {@code WITHDRAWN}: its caller went away or gave up. */
    enum Drop { EXPIRED, WITHDRAWN }

    private final MeterRegistry registry;
    private final List<RunListener> listeners;
    private final ServableId id;
    private final Tags tags;
    private final DistributionSummary rows;
    private final DistributionSummary requests;
    private final DistributionSummary fill;
    private final DistributionSummary runRows;
    private final DistributionSummary padding;
    private final Timer wait;
    private final Timer run;
    private final Map<Drop, Counter> drops = new EnumMap<>(Drop.class);
    private final List<Meter> meters = new ArrayList<>();

    BatchObserver(MeterRegistry registry, List<RunListener> listeners, ServableId id, String signature) {
        this.registry = registry;
        this.listeners = listeners;
        this.id = id;
        this.tags = Tags.of("model", id.model(), "version", Long.toString(id.version()), "signature", signature);
        this.rows = DistributionSummary.builder("tideline.inference.batch.rows").tags(tags)
                .description("Rows of a run").register(registry);
        this.requests = DistributionSummary.builder("tideline.inference.batch.requests").tags(tags)
                .description("Requests that shared a run").register(registry);
        this.fill = DistributionSummary.builder("tideline.inference.batch.fill").tags(tags)
                .description("Rows of a run as a share of the rows that it might have had").register(registry);
        this.runRows = DistributionSummary.builder("tideline.inference.batch.run.rows").tags(tags)
                .description("Rows of a run with those that only fill it up").register(registry);
        this.padding = DistributionSummary.builder("tideline.inference.batch.padding").tags(tags)
                .description("Rows that only filled a run up to an allowed size").register(registry);
        this.wait = Timer.builder("tideline.inference.batch.wait").tags(tags)
                .description("From a request's arrival in the queue to the start of its run").register(registry);
        this.run = Timer.builder("tideline.inference.batch.run").tags(tags).description("Runs").register(registry);
        meters.addAll(List.of(rows, requests, fill, runRows, padding, wait, run));
        for (Drop drop : Drop.values()) {
            Counter counter = Counter.builder("tideline.inference.queue.dropped")
                    .tags(tags.and("reason", drop.name().toLowerCase(Locale.ROOT)))
                    .description("Requests that left the queue without a run").register(registry);
            drops.put(drop, counter);
            meters.add(counter);
        }
    }

    void watch(Supplier<Number> waitingRows, Supplier<BatchLimits> limits) {
        meters.add(Gauge.builder("tideline.inference.queue.rows", waitingRows).tags(tags)
                .description("Rows that wait for a run").register(registry));
        meters.add(Gauge.builder("tideline.inference.batch.limit.rows", () -> limits.get().rows()).tags(tags)
                .description("Most rows of a run at the moment").register(registry));
        meters.add(Gauge.builder("tideline.inference.batch.limit.wait", () -> limits.get().waitNanos() / 1e9).tags(tags).baseUnit("seconds")
                .description("Longest wait for the running batch at the moment").register(registry));
    }

    void taken(Batch batch, int filledUp, int limit) {
        rows.record(batch.rows());
        requests.record(batch.tasks().size());
        fill.record(Math.min(1, (double) batch.rows() / limit));
        runRows.record(filledUp);
        if (filledUp > batch.rows()) {
            padding.record(filledUp - batch.rows());
        }
    }

    void ran(Batch batch, long start, long end) {
        run.record(end - start, TimeUnit.NANOSECONDS);
        for (BatchTask task : batch.tasks()) {
            long waited = start - task.enqueued();
            wait.record(waited, TimeUnit.NANOSECONDS);
            for (RunListener listener : listeners) {
                listener.ran(id, waited, end - start);
            }
        }
    }

    void dropped(Drop drop) {
        drops.get(drop).increment();
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}

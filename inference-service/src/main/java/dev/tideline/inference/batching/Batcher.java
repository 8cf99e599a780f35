package dev.tideline.inference.batching;

import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionListener;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The door to all runs. Answers come on a runner's thread. */
@Component
public final class Batcher implements VersionListener, AutoCloseable {

    private record Key(ServableId id, String signature) {}

    private record Entry(Servable servable, boolean batched, BatchingProperties properties, BatchQueue queue, BatchObserver observer) {}

    private final VersionBatching settings;
    private final MeterRegistry registry;
    private final List<RunListener> listeners;
    private final BatchRunners runners;
    private final Map<Key, Entry> queues = new ConcurrentHashMap<>();

    Batcher(VersionBatching settings, MeterRegistry registry, List<RunListener> listeners) {
        this.settings = settings;
        this.registry = registry;
        this.listeners = listeners;
        this.runners = new BatchRunners(settings.all().runnerThreads());
    }

    /**
     * Queues a request whose inputs fit the signature. Completing the answer from outside withdraws a request that still waits.
     *
     * @param deadline in terms of {@link System#nanoTime()}
     * @return the outputs by alias; fails with a StatusException of the model, or DEADLINE_EXCEEDED
     * @throws dev.tideline.inference.status.StatusException RESOURCE_EXHAUSTED when the queue is full
     */
    public CompletableFuture<Map<String, Tensor>> submit(
            Lease lease, Signature signature, Map<String, Tensor> inputs, Priority priority, long deadline) {
        Entry entry = entry(lease.servable(), signature);
        int rows = entry.batched() ? rows(inputs) : -1;
        int most = entry.properties().maxRows();
        if (rows > most && entry.properties().splitRequests()) {
            List<BatchTask> parts = Parts.of(inputs, rows, most).stream()
                    .map(part -> task(lease, part, rows(part), false, priority, deadline)).toList();
            add(entry, parts);
            return Parts.whole(parts.stream().map(BatchTask::answer).toList());
        }
        BatchTask task = task(lease, inputs, rows, rows < 1 || rows > most, priority, deadline);
        add(entry, List.of(task));
        return task.answer();
    }

    /** The same for a request whose shapes the signature does not name: it never shares a run, and only the graph can tell whether it fits. */
    public CompletableFuture<Map<String, Tensor>> submitAlone(
            Lease lease, Signature signature, Map<String, Tensor> inputs, Priority priority, long deadline) {
        BatchTask task = task(lease, inputs, 1, true, priority, deadline);
        add(entry(lease.servable(), signature), List.of(task));
        return task.answer();
    }

    private static BatchTask task(
            Lease lease, Map<String, Tensor> inputs, int rows, boolean alone, Priority priority, long deadline) {
        return new BatchTask(
                lease.share(), inputs, Math.max(1, rows), alone, priority, System.nanoTime(), deadline, new CompletableFuture<>());
    }

    private static void add(Entry entry, List<BatchTask> tasks) {
        try {
            entry.queue().add(tasks);
        } catch (RuntimeException | Error e) {
            tasks.forEach(task -> task.lease().close());
            throw e;
        }
    }

    /** The equal first dimension of all inputs; -1 when there is none. */
    private static int rows(Map<String, Tensor> inputs) {
        int rows = -1;
        for (Tensor input : inputs.values()) {
            if (input.shape().rank() == 0 || rows >= 0 && input.shape().rows() != rows) {
                return -1;
            }
            rows = input.shape().rows();
        }
        return rows;
    }

    private Entry entry(Servable servable, Signature signature) {
        Key key = new Key(servable.id(), signature.name());
        Entry entry = queues.get(key);
        if (entry == null || entry.servable() != servable) {
            entry = queues.compute(key, (k, present) -> present != null && present.servable() == servable
                    ? present : open(servable, signature, present));
        }
        return entry;
    }

    private Entry open(Servable servable, Signature signature, @Nullable Entry replaced) {
        if (replaced != null) {
            replaced.observer().close();
        }
        BatchObserver observer = new BatchObserver(registry, listeners, servable.id(), signature.name());
        BatchingProperties properties = settings.of(servable.id());
        BatchQueue queue = new BatchQueue(new BatchRun(servable, signature, properties), properties, runners, observer);
        return new Entry(servable, signature.batched(), properties, queue, observer);
    }

    /** A version that has ended has no request left. */
    @Override
    public void changed(ServableId id, VersionState state) {
        if (state instanceof VersionState.End) {
            queues.forEach((key, entry) -> {
                if (key.id().equals(id) && queues.remove(key, entry)) {
                    entry.observer().close();
                }
            });
        }
    }

    @Override
    public void close() {
        runners.close();
    }
}

package dev.tideline.inference.servable;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Keeps the aspired versions live. One thread owns all decisions; loads and unloads run on threads of their own, so that neither a slow
 * version nor a broken one holds up another, and at a lower priority, so that they do not hold up requests. Requests read immutable views and never wait.
 */
@Component
public final class ServableManager implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ServableManager.class);
    private static final int LOOKUPS = 8;

    private final ServableLoader loader;
    private final LoadingProperties properties;
    private final List<VersionListener> listeners;
    private final Map<String, ModelVersions> models = new ConcurrentHashMap<>();
    private final Map<String, ModelView> views = new ConcurrentHashMap<>();
    private final ScheduledExecutorService decisions;
    private final FairLoads loads;
    private final ExecutorService unloads;

    ServableManager(ServableLoader loader, LoadingProperties properties, List<VersionListener> listeners) {
        this.loader = loader;
        this.properties = properties;
        this.listeners = listeners;
        this.decisions = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("servable-manager").factory());
        this.loads = new FairLoads(properties.threads(), new YieldingThreads("servable-load-", properties.niceness()));
        this.unloads = Executors.newFixedThreadPool(
                properties.unloadThreads(), new YieldingThreads("servable-unload-", properties.niceness()));
    }

    /** Replaces what is wanted for a model. Returns at once. */
    public void aspire(AspiredVersions aspired) {
        decide(() -> {
            ModelVersions model = models.computeIfAbsent(aspired.model(), name -> new ModelVersions(name, properties.policy()));
            model.aspire(aspired);
            model.entries().forEach(this::endRetry);
            advance(model);
        });
    }

    /** Nobody waits for a further attempt any more. */
    private void endRetry(VersionEntry entry) {
        VersionEntry.Retry retry = entry.retry;
        if (retry != null && !entry.aspired) {
            retry.timer().cancel(false);
            entry.retry = null;
            change(entry, retry.state());
        }
    }

    /** @throws StatusException NOT_FOUND, or INVALID_ARGUMENT for an unknown label */
    public Lease acquire(String model, VersionChoice choice) {
        for (int i = 0; i < LOOKUPS; i++) {
            ModelView view = views.get(model);
            if (view == null) {
                break;
            }
            VersionHandle handle = view.handle(choice);
            if (handle.tryAcquire()) {
                return new Lease(handle);
            }
            // The version went away between the look and the grasp; the next view names its successor.
        }
        throw ModelView.notFound(model, choice);
    }

    /** Highest version first. Empty for a model nobody ever aspired to. */
    public List<VersionStatus> statuses(String model) {
        ModelView view = views.get(model);
        return view == null ? List.of() : view.statuses();
    }

    /** Labels of a model whose version is available. */
    public Map<String, Long> labels(String model) {
        ModelView view = views.get(model);
        return view == null ? Map.of() : view.labels();
    }

    public SortedSet<String> models() {
        return new TreeSet<>(views.keySet());
    }

    private void advance(ModelVersions model) {
        for (var step = model.next(); step.isPresent(); step = model.next()) {
            switch (step.get()) {
                case VersionPolicy.Step.Load load -> load(model, model.entry(load.version()));
                case VersionPolicy.Step.Unload unload -> unload(model, model.entry(unload.version()));
            }
        }
        publish(model);
    }

    private void publish(ModelVersions model) {
        model.prune();
        ModelView view = model.view();
        views.put(view.model(), view);
    }

    private void load(ModelVersions model, VersionEntry entry) {
        entry.retry = null;
        if (!(entry.state instanceof VersionState.Loading)) {
            change(entry, new VersionState.Loading());
        }
        loads.execute(entry.id.model(), () -> {
            try {
                Servable servable = loader.load(entry.id, entry.folder);
                decide(() -> loaded(model, entry, servable));
            } catch (LoadFailedException e) {
                decide(() -> failed(model, entry, e.code(), e.text(), e.again()));
            } catch (RuntimeException | Error e) {
                log.error("Loading {} failed", entry.id, e);
                decide(() -> failed(model, entry, StatusCode.INTERNAL, e.toString(), LoadFailedException.Again.NEVER));
            }
        });
    }

    private void loaded(ModelVersions model, VersionEntry entry, Servable servable) {
        VersionHandle handle = new VersionHandle(servable, () -> closeElsewhere(model, entry, servable));
        entry.handle = handle;
        if (entry.aspired) {
            change(entry, new VersionState.Available());
        } else {
            change(entry, new VersionState.Unloading());
            handle.withdraw();
        }
        advance(model);
    }

    private void failed(ModelVersions model, VersionEntry entry, StatusCode code, String message, LoadFailedException.Again again) {
        boolean another = switch (again) {
            case NEVER -> false;
            case A_FEW_TIMES -> entry.failures++ < properties.retries();
            case UNTIL_IT_WORKS -> true;
        };
        if (another && entry.aspired) {
            log.warn("Loading {} failed, another attempt follows in {}: {}", entry.id, properties.retryInterval(), message);
            entry.retry = new VersionEntry.Retry(
                    decisions.schedule(() -> load(model, entry), properties.retryInterval().toMillis(), TimeUnit.MILLISECONDS),
                    new VersionState.End(code, message));
            return;
        }
        log.warn("Version {} is not served: {}", entry.id, message);
        change(entry, new VersionState.End(code, message));
        advance(model);
    }

    private void unload(ModelVersions model, VersionEntry entry) {
        VersionHandle handle = entry.handle;
        change(entry, new VersionState.Unloading());
        publish(model);
        if (handle == null) {
            throw new IllegalStateException("version: " + entry.id + " (expected: loaded)");
        }
        handle.withdraw();
        decisions.schedule(() -> cancelIfInUse(entry, handle), properties.drainTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void cancelIfInUse(VersionEntry entry, VersionHandle handle) {
        if (entry.handle == handle && entry.state instanceof VersionState.Unloading) {
            log.warn("Version {} still answers {} requests {} after it was withdrawn; they are cancelled", entry.id, handle.users(),
                    properties.drainTimeout());
            handle.servable().cancel();
        }
    }

    private void closeElsewhere(ModelVersions model, VersionEntry entry, Servable servable) {
        try {
            unloads.execute(() -> close(model, entry, servable));
        } catch (RejectedExecutionException e) {
            log.warn("Version {} was still in use when the manager had closed; the process end frees it", entry.id);
        }
    }

    private void close(ModelVersions model, VersionEntry entry, Servable servable) {
        try {
            servable.close();
        } catch (RuntimeException e) {
            log.error("Unloading {} failed", entry.id, e);
        }
        decide(() -> {
            entry.handle = null;
            change(entry, new VersionState.End(StatusCode.OK, ""));
            if (entry.aspired) {
                entry.aspire(entry.folder);
            }
            advance(model);
        });
    }

    private void change(VersionEntry entry, VersionState state) {
        entry.state = state;
        log.info("Version {}: {}", entry.id, state.label());
        for (VersionListener listener : listeners) {
            try {
                listener.changed(entry.id, state);
            } catch (RuntimeException e) {
                log.error("A listener failed on {} of {}", state.label(), entry.id, e);
            }
        }
    }

    private void decide(Runnable decision) {
        try {
            decisions.execute(() -> {
                try {
                    decision.run();
                } catch (RuntimeException e) {
                    log.error("A decision of the servable manager failed", e);
                }
            });
        } catch (RejectedExecutionException e) {
            log.debug("Too late for a decision: the manager is closed");
        }
    }

    /** Withdraws everything, waits for running requests up to the drain timeout, frees native memory. */
    @Override
    public void close() {
        decide(() -> models.forEach((name, model) -> {
            model.aspire(AspiredVersions.none(name));
            advance(model);
        }));
        try {
            long end = System.nanoTime() + properties.drainTimeout().toNanos();
            loads.stop(properties.drainTimeout().toMillis());
            while (System.nanoTime() < end && !decisions.submit(this::nothingLoaded).get()) {
                TimeUnit.MILLISECONDS.sleep(5);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | RejectedExecutionException e) {
            log.debug("The manager was closed before", e);
        }
        decisions.shutdown();
        unloads.shutdown();
    }

    private boolean nothingLoaded() {
        return models.values().stream().flatMap(model -> model.entries().stream()).allMatch(entry -> entry.handle == null);
    }
}

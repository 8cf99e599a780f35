package dev.tideline.inference.source;

import dev.tideline.inference.configuration.CurrentConfiguration;
import dev.tideline.inference.configuration.ServedModel;
import dev.tideline.inference.configuration.ServingConfiguration;
import dev.tideline.inference.servable.AspiredVersions;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.servable.VersionStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Follows the base paths of a configuration. A path that cannot be read, or a model that cannot be loaded, changes nothing for any other
 * model, nor for what is served of this one.
 */
final class DirectorySource implements SmartLifecycle, CurrentConfiguration.Follower {

    private static final Logger log = LoggerFactory.getLogger(DirectorySource.class);
    /** Between two looks at a folder that is not whole yet, when polling is off. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final CurrentConfiguration configuration;
    private final ServableManager servables;
    private final BucketCopies copies;
    private final Duration poll;
    private final Arrivals arrivals;
    private final SortedMap<String, WatchedModel> watched = new TreeMap<>();
    /** One waiting change is enough: it stands for the newest configuration. */
    private final BlockingQueue<Boolean> changes = new ArrayBlockingQueue<>(1);
    private final Map<String, Look> looked = new ConcurrentHashMap<>();
    private final SourceThread thread = new SourceThread();

    DirectorySource(
            CurrentConfiguration configuration, ServableManager servables, BucketCopies copies, DirectoryProperties properties,
            InstantSource clock) {
        this.configuration = configuration;
        this.copies = copies;
        this.servables = servables;
        this.poll = properties.poll();
        this.arrivals = new Arrivals(clock, properties.settle());
    }

    /**
     * What came of looking at a base path.
     *
     * @param problem what kept it from being read; empty: nothing
     * @param aspires whether there are versions to serve
     */
    record Look(String problem, boolean aspires) {}

    /** Null until the model was looked at. */
    @Nullable Look last(String model) {
        return looked.get(model);
    }

    @Override
    public void replaced(ServingConfiguration next) {
        changes.offer(true);
    }

    @Override
    public String problem(String model) {
        Look last = looked.get(model);
        return last == null || last.aspires() ? "" : last.problem();
    }

    @Override
    public void start() {
        configuration.follow(this);
        thread.start("model-folders", this::run);
    }

    private void run() {
        while (thread.running()) {
            try {
                if (await()) {
                    follow(configuration.get());
                }
                watched.values().forEach(this::look);
                arrivals.retain(watched.values().stream().flatMap(model -> model.folders().stream()).collect(Collectors.toSet()));
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                log.error("Model folders cannot be followed; another attempt is made", e);
            }
        }
    }

    /** @return whether the configuration changed, false when it is time for another look */
    private boolean await() throws InterruptedException {
        if (poll.isPositive()) {
            return changes.poll(poll.toMillis(), TimeUnit.MILLISECONDS) != null;
        }
        return watched.values().stream().anyMatch(WatchedModel::pending)
                ? changes.poll(AGAIN.toMillis(), TimeUnit.MILLISECONDS) != null : changes.take();
    }

    private void follow(ServingConfiguration next) {
        Set<String> gone = new HashSet<>(watched.keySet());
        gone.removeAll(next.models().keySet());
        for (String model : gone) {
            watched.remove(model);
            looked.remove(model);
            servables.aspire(AspiredVersions.none(model));
        }
        for (ServedModel model : next.models().values()) {
            WatchedModel before = watched.get(model.name());
            if (before == null) {
                watched.put(model.name(), new WatchedModel(model, copies.folder(model.basePath()), arrivals));
            } else if (!before.model().equals(model)) {
                watched.put(model.name(), before.changed(model, copies.folder(model.basePath())));
            }
        }
    }

    private void look(WatchedModel model) {
        String name = model.model().name();
        if (!copies.looked(model.model())) {
            return;
        }
        String problem = copies.problem(model.model());
        try {
            if (model.look(failed(name), available(name))) {
                servables.aspire(model.aspired());
            }
        } catch (IOException e) {
            problem = problem.isEmpty() ? "model " + name + ": base_path: " + e + " (expected: a folder that can be read)" : problem;
        }
        Look before = looked.put(name, new Look(problem, !model.aspired().versions().isEmpty()));
        if (!problem.isEmpty() && (before == null || !before.problem().equals(problem))) {
            log.warn("{}; what is served of it stays", problem);
        }
    }

    private Set<Long> failed(String model) {
        return servables.statuses(model).stream()
                .filter(status -> status.state() instanceof VersionState.End end && end.failed())
                .map(VersionStatus::version).collect(Collectors.toSet());
    }

    private Set<Long> available(String model) {
        return servables.statuses(model).stream().filter(status -> status.state() instanceof VersionState.Available)
                .map(VersionStatus::version).collect(Collectors.toSet());
    }

    @Override
    public void stop() {
        thread.stop(Thread::interrupt);
    }

    @Override
    public boolean isRunning() {
        return thread.running();
    }
}

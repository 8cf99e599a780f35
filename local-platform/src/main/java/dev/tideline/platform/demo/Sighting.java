package dev.tideline.platform.demo;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.Event;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the events have said about one model so far. Thread-safe. */
final class Sighting {

    /**
     * @param progress   newest progress of the newest job; null before the first
     * @param live       versions that were served, each with the time of it
     * @param alarms     times of drift verdicts and training requests, in order
     * @param promotions what became a champion, in order
     * @param finished   last progress of finished jobs, in order
     */
    record State(
            @Nullable TrainingProgress progress, SortedMap<Long, Instant> live, List<Instant> alarms,
            List<ModelVersionEvent> promotions, List<TrainingProgress> finished) {

        boolean isTraining() {
            return progress != null && !isFinal(progress.state());
        }

        long newestLive() {
            return live.isEmpty() ? 0 : live.lastKey();
        }
    }

    private final String model;
    private final Consumer<String> lines;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SortedMap<Long, Instant> live = new TreeMap<>();
    private final List<Instant> alarms = new ArrayList<>();
    private final List<ModelVersionEvent> promotions = new ArrayList<>();
    private final List<TrainingProgress> finished = new ArrayList<>();
    private @Nullable TrainingProgress progress;
    private @Nullable String lastVerdict;

    /** @param lines gets what a person should read */
    Sighting(String model, Consumer<String> lines) {
        this.model = model;
        this.lines = lines;
    }

    void see(Event event) {
        lock.lock();
        try {
            switch (event) {
                case TrainingProgress seen when seen.model().equals(model) -> progress(seen);
                case DeploymentEvent seen when seen.model().equals(model) -> deployment(seen);
                case DriftEvent seen when seen.model().equals(model) -> drift(seen);
                case TrainingRequest seen when seen.model().equals(model) -> {
                    alarms.add(seen.time());
                    lines.accept("  retraining requested (" + seen.trigger() + "): " + seen.reason());
                }
                case ModelVersionEvent seen when seen.model().equals(model) -> version(seen);
                default -> { }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void progress(TrainingProgress seen) {
        progress = seen;
        if (isFinal(seen.state())) {
            finished.add(seen);
            if (seen.state() != TrainingProgress.State.PROMOTED) {
                lines.accept("  training " + seen.state() + ": " + seen.message());
            }
        }
    }

    private void deployment(DeploymentEvent seen) {
        switch (seen.state()) {
            case LIVE -> {
                live.putIfAbsent(seen.version(), seen.time());
                lines.accept("  version " + seen.version() + " is live on " + seen.instance());
            }
            case FAILED -> lines.accept("  version " + seen.version() + " failed on " + seen.instance() + ": " + seen.message());
            case LOADING, WITHDRAWN -> { }
        }
    }

    private void drift(DriftEvent seen) {
        if (seen.status() == DriftEvent.Status.DRIFT) {
            alarms.add(seen.time());
        }
        var verdict = "version " + seen.version() + " " + seen.status();
        if (!verdict.equals(lastVerdict) && seen.status() != DriftEvent.Status.INSUFFICIENT_DATA) {
            lines.accept("  monitoring: " + verdict + ": " + seen.reason());
            lastVerdict = verdict;
        }
    }

    private void version(ModelVersionEvent seen) {
        if (seen.change() == ModelVersionEvent.Change.PROMOTED) {
            promotions.add(seen);
            lines.accept("  version " + seen.version() + " promoted: " + seen.reason());
        }
    }

    State state() {
        lock.lock();
        try {
            return new State(progress, new TreeMap<>(live), List.copyOf(alarms), List.copyOf(promotions), List.copyOf(finished));
        } finally {
            lock.unlock();
        }
    }

    /** Waits until {@code condition} holds, at most {@code limit}, and says whether it does. */
    boolean await(Predicate<State> condition, Duration limit) throws InterruptedException {
        var end = System.nanoTime() + limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (!condition.test(state())) {
                if (changed.awaitNanos(end - System.nanoTime()) <= 0) {
                    return condition.test(state());
                }
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    static boolean isFinal(TrainingProgress.State state) {
        return switch (state) {
            case HELD, PROMOTED, REJECTED, DECLINED, FAILED, CANCELLED -> true;
            case QUEUED, PREPARING, TRAINING, EVALUATING, PUBLISHING -> false;
        };
    }
}

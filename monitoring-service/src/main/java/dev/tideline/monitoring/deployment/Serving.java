package dev.tideline.monitoring.deployment;

import dev.tideline.contracts.DeploymentEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Replays the history of a model, as inference-service behaves: a request that names no version is answered by the champion; until
 * that is live on an instance, by the champion before; without any, by the highest live version.
 */
final class Serving {

    /**
     * A span of time in which the same versions answered.
     *
     * @param versions one, or several while instances differ; none when nothing was live
     * @param cause    what began it
     */
    record Period(SortedSet<Long> versions, Instant from, Change cause) {}

    private final List<Change.Decided> champions = new ArrayList<>();
    private final SortedMap<String, SortedMap<Long, Instant>> live = new TreeMap<>();
    private final List<Period> periods = new ArrayList<>();

    /** @param changes of one model in the order in which they happened */
    static Serving of(List<Change> changes) {
        Serving serving = new Serving();
        changes.forEach(serving::apply);
        return serving;
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Decided decided -> crown(decided);
            case Change.Moved moved -> move(moved);
        }
        SortedSet<Long> versions = new TreeSet<>(answers().values());
        if (periods.isEmpty() ? !versions.isEmpty() : !periods.getLast().versions().equals(versions)) {
            periods.add(new Period(versions, change.at(), change));
        }
    }

    private void crown(Change.Decided decided) {
        Long before = champions.isEmpty() ? null : champions.getLast().champion();
        if (decided.champion() != null && !decided.champion().equals(before)) {
            champions.add(decided);
        }
    }

    private void move(Change.Moved moved) {
        SortedMap<Long, Instant> versions = live.computeIfAbsent(moved.instance(), instance -> new TreeMap<>());
        if (moved.state() == DeploymentEvent.State.LIVE) {
            versions.putIfAbsent(moved.version(), moved.at());
        } else {
            // An instance that loads a version again has been started anew.
            versions.remove(moved.version());
        }
    }

    /** Spans of time, the oldest first; the last one lasts. */
    List<Period> periods() {
        return List.copyOf(periods);
    }

    /** By instance with anything live, the version that answers there. */
    SortedMap<String, Long> answers() {
        SortedMap<String, Long> answers = new TreeMap<>();
        live.forEach((instance, versions) -> {
            if (!versions.isEmpty()) {
                answers.put(instance, answer(versions));
            }
        });
        return answers;
    }

    /** Since when {@code version} is live on {@code instance}. */
    Optional<Instant> liveSince(String instance, long version) {
        return Optional.ofNullable(live.getOrDefault(instance, new TreeMap<>()).get(version));
    }

    /** What made {@code version} champion the last time. */
    Optional<Change.Decided> crowned(long version) {
        return champions.reversed().stream().filter(decided -> Long.valueOf(version).equals(decided.champion())).findFirst();
    }

    Optional<Long> champion() {
        return champions.isEmpty() ? Optional.empty() : Optional.ofNullable(champions.getLast().champion());
    }

    private long answer(SortedMap<Long, Instant> versions) {
        return champions.reversed().stream().map(Change.Decided::champion).filter(versions::containsKey).findFirst()
                .orElseGet(versions::lastKey);
    }
}

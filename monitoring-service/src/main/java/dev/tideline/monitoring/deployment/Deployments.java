package dev.tideline.monitoring.deployment;

import dev.tideline.monitoring.lineage.Cause;
import dev.tideline.monitoring.lineage.Origin;
import dev.tideline.monitoring.lineage.Origins;
import dev.tideline.starter.error.TidelineException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Answers which version served, and why. */
@Component
public final class Deployments {

    /** Changes that are replayed; a model with more has its oldest periods left out. */
    private static final int MAX_CHANGES = 50_000;

    private final JdbcDeployments deployments;
    private final Origins origins;
    private final InstantSource clock;

    Deployments(JdbcDeployments deployments, Origins origins, InstantSource clock) {
        this.deployments = deployments;
        this.origins = origins;
        this.clock = clock;
    }

    /**
     * A version that answered, and why it did.
     *
     * @param instances  where
     * @param since      since when it was live on the first of them
     * @param decidedAt  when it became champion; null when it answered as the highest version, without any champion
     * @param decision   {@code PROMOTED} or {@code ROLLED_BACK}; null as before
     * @param reason     of the decision
     * @param origin     job, data and verdict behind the version; null when it is not known
     * @param trainedFor the request behind the job; null when a person asked for it, or it is not known
     */
    public record Answering(
            long version, SortedSet<String> instances, Instant since, boolean champion, @Nullable Instant decidedAt,
            @Nullable String decision, String reason, @Nullable Origin origin, @Nullable Cause trainedFor) {}

    /** @param until null while it lasts */
    record Span(SortedSet<Long> versions, Instant from, @Nullable Instant until, String began, String reason) {}

    /** @param complete whether the oldest period is the first one */
    record History(String model, boolean complete, List<Span> periods) {}

    /** The versions that answered requests for {@code model} at {@code time}, the most widespread first; none when none was live. */
    public List<Answering> at(String model, Instant time) {
        Serving serving = Serving.of(deployments.until(checked(model), time, MAX_CHANGES));
        SortedMap<Long, SortedSet<String>> versions = new TreeMap<>();
        serving.answers().forEach((instance, version) -> versions.computeIfAbsent(version, added -> new TreeSet<>()).add(instance));
        return versions.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((one, other) -> Integer.compare(other.size(), one.size())))
                .map(entry -> answering(model, serving, entry.getKey(), entry.getValue())).toList();
    }

    /** Why {@code version} answered at {@code time}; empty when it did not answer requests that name no version, or that is not known. */
    public Optional<Answering> why(String model, long version, Instant time) {
        Serving serving = Serving.of(deployments.until(model, time, MAX_CHANGES));
        TreeSet<String> instances = new TreeSet<>();
        serving.answers().forEach((instance, answering) -> {
            if (answering == version) {
                instances.add(instance);
            }
        });
        return instances.isEmpty() ? Optional.empty() : Optional.of(answering(model, serving, version, instances));
    }

    /** Who answered from when to when, the newest {@code limit} periods, newest first. */
    History history(String model, int limit) {
        List<Change> changes = deployments.until(checked(model), clock.instant(), MAX_CHANGES);
        List<Serving.Period> periods = Serving.of(changes).periods();
        int first = Math.max(0, periods.size() - limit);
        List<Span> spans = java.util.stream.IntStream.range(first, periods.size()).mapToObj(index -> {
            Serving.Period period = periods.get(index);
            Instant until = index + 1 < periods.size() ? periods.get(index + 1).from() : null;
            return new Span(period.versions(), period.from(), until, period.cause().kind() + " " + period.cause().version(),
                    period.cause().reason());
        }).toList();
        return new History(model, first == 0 && changes.size() < MAX_CHANGES, spans.reversed());
    }

    Instant checked(Instant time) {
        if (time.isAfter(clock.instant())) {
            throw new TidelineException(DeploymentError.INVALID_TIME, "at: " + time + " (expected: a time until now)");
        }
        return time;
    }

    private String checked(String model) {
        if (!deployments.knows(model)) {
            throw new TidelineException(DeploymentError.NO_DEPLOYMENTS,
                    "model: " + model + " (expected: a model with a version that was decided about or deployed)");
        }
        return model;
    }

    private Answering answering(String model, Serving serving, long version, SortedSet<String> instances) {
        Optional<Change.Decided> decided = serving.crowned(version);
        boolean champion = serving.champion().filter(crowned -> crowned == version).isPresent();
        String reason = decided.map(Change.Decided::reason).orElse("no champion was live; the highest version answered");
        Optional<Origin> origin = origins.find(model, version);
        Instant since = instances.stream().flatMap(instance -> serving.liveSince(instance, version).stream()).min(Instant::compareTo).orElseThrow();
        return new Answering(version, instances, since, champion, decided.map(Change.Decided::at).orElse(null),
                decided.map(Change.Decided::kind).orElse(null), reason, origin.orElse(null),
                origin.flatMap(origins::cause).orElse(null));
    }
}

package dev.tideline.platform.demo;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.platform.demo.Scorecard.Phase;
import dev.tideline.platform.demo.Scorecard.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts the figures together. */
final class Reports {

    private Reports() {}

    static DemoReport of(String name, Scenario scenario, Scorecard scores, LiveStory.Times times, Traffic traffic,
            DemoReport.Records records, Sighting.State events, double totalSeconds) {
        var seconds = new DemoReport.Seconds(
                between(times.onset(), times.detected()), between(times.onset(), times.replaced()), totalSeconds);
        var requests = new DemoReport.Requests(traffic.requests(), traffic.failed(), traffic.answeredRows(), traffic.firstFailure());
        var closed = seconds.onsetToDetection() != null && seconds.onsetToServing() != null && requests.failed() == 0
                && records.allThere();
        return new DemoReport(name, name, scenario.description(), scenario.driftIsKnown(), closed, accuracy(scores), seconds, requests,
                records, versions(scores, events));
    }

    private static DemoReport.Accuracy accuracy(Scorecard scores) {
        var all = scores.versions().values().stream().reduce(Tally.NONE, (a, b) -> a.plus(b.rows(), b.right()));
        return new DemoReport.Accuracy(scores.phase(Phase.BEFORE_DRIFT).accuracy(), scores.phase(Phase.AFTER_DRIFT).accuracy(),
                scores.phase(Phase.AFTER_SWAP).accuracy(), all.accuracy(), first(scores, all), scores.unchanged().accuracy());
    }

    /** Only when the first version was kept to the end: on its own rows alone the figure would compare nothing. */
    private static @Nullable Double first(Scorecard scores, Tally all) {
        return scores.first().rows() == all.rows() ? scores.first().accuracy() : null;
    }

    private static TreeMap<Long, DemoReport.Version> versions(Scorecard scores, Sighting.State events) {
        Map<Long, Map<String, Double>> metrics = events.promotions().stream()
                .collect(Collectors.toMap(ModelVersionEvent::version, ModelVersionEvent::metrics, (a, b) -> b));
        var versions = new TreeMap<Long, DemoReport.Version>();
        scores.versions().forEach((version, tally) -> versions.put(version,
                new DemoReport.Version(tally.rows(), tally.accuracy(), metrics.getOrDefault(version, Map.of()))));
        return versions;
    }

    private static @Nullable Double between(@Nullable Instant from, @Nullable Instant to) {
        return from == null || to == null ? null : Duration.between(from, to).toMillis() / 1000.0;
    }
}

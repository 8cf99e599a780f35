package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SightingTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final List<String> lines = new ArrayList<>();
    private final Sighting sighting = new Sighting("trips", lines::add);

    @Test
    void remembersWhenAVersionWasFirstServed() {
        sighting.see(live("trips", 1, NOON));
        sighting.see(live("trips", 1, NOON.plusSeconds(9)));

        assertThat(sighting.state().live()).containsExactly(Map.entry(1L, NOON));
        assertThat(sighting.state().newestLive()).isEqualTo(1);
    }

    @Test
    void passesOverOtherModels() {
        sighting.see(live("elec", 4, NOON));
        sighting.see(progress("elec", TrainingProgress.State.TRAINING));

        assertThat(sighting.state().live()).isEmpty();
        assertThat(sighting.state().progress()).isNull();
        assertThat(lines).isEmpty();
    }

    @Test
    void knowsWhetherATrainingIsUnderWay() {
        sighting.see(progress("trips", TrainingProgress.State.TRAINING));
        assertThat(sighting.state().isTraining()).isTrue();

        sighting.see(progress("trips", TrainingProgress.State.PROMOTED));
        assertThat(sighting.state().isTraining()).isFalse();
        assertThat(sighting.state().finished()).hasSize(1);
    }

    @Test
    void saysWhyATrainingCameToNothing() {
        sighting.see(progress("trips", TrainingProgress.State.REJECTED));

        assertThat(lines).singleElement().asString().contains("REJECTED: no better");
    }

    @Test
    void takesDriftAndRequestsAsAlarms() {
        sighting.see(drift(DriftEvent.Status.STABLE, NOON));
        sighting.see(drift(DriftEvent.Status.DRIFT, NOON.plusSeconds(1)));
        sighting.see(new TrainingRequest("r", NOON.plusSeconds(2), "trips", new DataWindow.Last(10),
                TrainingRequest.Trigger.CONCEPT_DRIFT, "error rate rose", Map.of()));

        assertThat(sighting.state().alarms()).containsExactly(NOON.plusSeconds(1), NOON.plusSeconds(2));
    }

    @Test
    void tellsAVerdictOnlyWhenItChanges() {
        sighting.see(drift(DriftEvent.Status.STABLE, NOON));
        sighting.see(drift(DriftEvent.Status.STABLE, NOON));
        sighting.see(drift(DriftEvent.Status.DRIFT, NOON));

        assertThat(lines).hasSize(2);
    }

    @Test
    void keepsPromotionsWithTheirMetrics() {
        sighting.see(new ModelVersionEvent("v", NOON, "trips", 2, ModelVersionEvent.Change.PROMOTED, "better",
                new TreeMap<>(Map.of(2L, "models/trips/2")), Map.of("champion", 2L), Map.of("accuracy", 0.9)));

        assertThat(sighting.state().promotions()).singleElement().extracting(ModelVersionEvent::version).isEqualTo(2L);
    }

    @Test
    void wakesWhoeverWaits() throws InterruptedException {
        var thread = Thread.ofVirtual().start(() -> sighting.see(live("trips", 1, NOON)));

        assertThat(sighting.await(state -> state.newestLive() == 1, Duration.ofSeconds(10))).isTrue();
        thread.join();
    }

    @Test
    void letsNobodyWaitForEver() throws InterruptedException {
        assertThat(sighting.await(state -> state.newestLive() == 1, Duration.ofMillis(20))).isFalse();
    }

    private static DeploymentEvent live(String model, long version, Instant time) {
        return new DeploymentEvent("d" + version, time, model, version, "inference-1", DeploymentEvent.State.LIVE, null);
    }

    private static DriftEvent drift(DriftEvent.Status status, Instant time) {
        return new DriftEvent("w", time, "trips", 1, time, time, 500, status, List.of(), 500, 0.9, "because");
    }

    private static TrainingProgress progress(String model, TrainingProgress.State state) {
        return new TrainingProgress("p", NOON, "job-1", model, null, state, "no better", 1, 2, 50, 100, 1_000, 3, Map.of("loss", 0.5));
    }
}

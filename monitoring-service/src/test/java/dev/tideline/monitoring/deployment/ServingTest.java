package dev.tideline.monitoring.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DeploymentEvent.State;
import dev.tideline.contracts.ModelVersionEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServingTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    private final List<Change> changes = new ArrayList<>();

    @Test
    void nothingAnswersBeforeAVersionIsLive() {
        promoted(1);
        moved(1, "a", State.LOADING);
        assertThat(serving().answers()).isEmpty();
        assertThat(serving().periods()).isEmpty();
    }

    @Test
    void theChampionAnswersAlsoBelowAHigherVersion() {
        promoted(1);
        moved(1, "a", State.LIVE);
        moved(2, "a", State.LIVE);
        assertThat(serving().answers()).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void theChampionBeforeAnswersUntilTheNewOneIsLive() {
        promoted(1);
        moved(1, "a", State.LIVE);
        promoted(2);
        assertThat(serving().answers()).isEqualTo(Map.of("a", 1L));
        moved(2, "a", State.LIVE);
        assertThat(serving().answers()).isEqualTo(Map.of("a", 2L));
    }

    @Test
    void theHighestVersionAnswersWithoutAnyChampion() {
        moved(3, "a", State.LIVE);
        moved(2, "a", State.LIVE);
        assertThat(serving().answers()).isEqualTo(Map.of("a", 3L));
    }

    @Test
    void instancesMayDifferForAWhile() {
        promoted(1);
        moved(1, "a", State.LIVE);
        moved(1, "b", State.LIVE);
        promoted(2);
        moved(2, "b", State.LIVE);
        assertThat(serving().answers()).isEqualTo(Map.of("a", 1L, "b", 2L));
        assertThat(serving().periods().getLast().versions()).containsExactly(1L, 2L);
    }

    @Test
    void aVersionThatIsWithdrawnOrFailsAnswersNoMore() {
        promoted(1);
        moved(1, "a", State.LIVE);
        moved(1, "b", State.LIVE);
        moved(1, "a", State.WITHDRAWN);
        moved(1, "b", State.FAILED);
        assertThat(serving().answers()).isEmpty();
        assertThat(serving().periods()).extracting(Serving.Period::versions).last().asInstanceOf(
                org.assertj.core.api.InstanceOfAssertFactories.COLLECTION).isEmpty();
    }

    @Test
    void anInstanceThatStartsAnewServesNothingUntilItHasLoaded() {
        promoted(1);
        moved(1, "a", State.LIVE);
        moved(1, "a", State.LOADING);
        assertThat(serving().answers()).isEmpty();
        moved(1, "a", State.LIVE);
        assertThat(serving().liveSince("a", 1)).contains(changes.getLast().at());
    }

    @Test
    void aRollbackIsTheReasonFromThenOn() {
        promoted(1);
        moved(1, "a", State.LIVE);
        promoted(2);
        moved(2, "a", State.LIVE);
        decided(2, ModelVersionEvent.Change.ROLLED_BACK, 1L);
        Serving serving = serving();
        assertThat(serving.answers()).isEqualTo(Map.of("a", 1L));
        assertThat(serving.crowned(1)).map(Change.Decided::kind).contains("ROLLED_BACK");
        assertThat(serving.periods()).extracting(period -> period.versions().first()).containsExactly(1L, 2L, 1L);
    }

    @Test
    void aRejectedCandidateChangesNeitherTheChampionNorItsReason() {
        promoted(1);
        moved(1, "a", State.LIVE);
        decided(2, ModelVersionEvent.Change.REJECTED, 1L);
        assertThat(serving().crowned(1)).contains((Change.Decided) changes.getFirst());
        assertThat(serving().periods()).hasSize(1);
    }

    private void promoted(long version) {
        decided(version, ModelVersionEvent.Change.PROMOTED, version);
    }

    private void decided(long version, ModelVersionEvent.Change change, Long champion) {
        changes.add(new Change.Decided(next(), version, change, champion, change + " " + version));
    }

    private void moved(long version, String instance, State state) {
        changes.add(new Change.Moved(next(), version, instance, state, null));
    }

    private Instant next() {
        return START.plusSeconds(changes.size());
    }

    private Serving serving() {
        return Serving.of(changes);
    }
}

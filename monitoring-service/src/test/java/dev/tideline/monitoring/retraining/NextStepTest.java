package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.TrainingProgress.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a model's page says is waited for. */
class NextStepTest {

    private final Loop loop = new Loop().live(1);

    @Test
    void nothingIsWaitedForWhileAllIsWell() {
        assertThat(loop.nextStep()).isEqualTo("nothing to do");
    }

    @Test
    void aWarningWaitsForTheNextWindow() {
        loop.window(Status.WARNING);
        assertThat(loop.nextStep()).isEqualTo("waiting for the next window or an error alarm");
    }

    @Test
    void aCollectionCountsItsRows() {
        loop.alarm(1).archived(120);
        assertThat(loop.nextStep()).isEqualTo("120 of 500 labelled rows since the alarm");
    }

    @Test
    void aCollectionThatIsFullSaysWhenTheRestEnds() {
        loop.alarm(1).archived(500).progress(State.REJECTED).alarm(1).archived(1_000);
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        assertThat(loop.nextStep()).isEqualTo("enough labelled rows; waiting for the cool-down to end at 2026-03-01T13:00:00Z or at 1500 archived rows");
    }

    @Test
    void aSpentBudgetIsNamedBeforeTheRest() {
        loop.policy = Loop.policy("{\"errorAlarm\":{\"steps\":[500]},\"budget\":{\"trainings\":1},\"cooldown\":{\"time\":\"PT0S\"}}");
        loop.alarm(1).archived(500).progress(State.REJECTED).after(Duration.ofMinutes(1)).alarm(1).archived(1_000);
        assertThat(loop.requests).hasSize(1);
        assertThat(loop.nextStep()).isEqualTo("the budget is spent: 1 trainings in 24 hours, until 2026-03-02T12:00:00Z");
    }

    @Test
    void aTrainingNamesItsRequestUntilItsVersionAnswers() {
        loop.alarm(1).archived(500);
        String id = loop.last().id();
        assertThat(loop.nextStep()).isEqualTo("waiting for training to answer request " + id);
        loop.progress(State.EVALUATING);
        assertThat(loop.nextStep()).isEqualTo("waiting for the comparison with the champion, request " + id);
        loop.progress(State.PROMOTED);
        assertThat(loop.nextStep()).isEqualTo("waiting for inference to answer with the new version");
    }

    @Test
    void aRejectionSaysUntilWhenNothingIsRequested() {
        loop.see(new Observation.ManualRequest("new season")).progress(State.FAILED);
        assertThat(loop.nextStep()).isEqualTo("nothing is requested during the cool-down at 2026-03-01T13:00:00Z or at 1000 archived rows");
    }

    @Test
    void driftThatAsksForNothingSaysWhy() {
        loop.policy = Loop.policy("{\"dataDrift\":{\"unlessLabelled\":100}}");
        loop.archived(100).window(Status.DRIFT).window(Status.DRIFT);
        assertThat(loop.nextStep()).isEqualTo("labels show no rise of the error; drift alone asks for no training then");
        loop.policy = Loop.policy("{\"dataDrift\":{\"enabled\":false},\"predictionDrift\":{\"enabled\":false}}");
        assertThat(loop.nextStep()).isEqualTo("the policy does not train on drift");
    }

    @Test
    void brokenDataAreNamed() {
        loop.brokenWindow();
        assertThat(loop.nextStep()).isEqualTo("waiting for a window without the fault: temp: missing in 60.0 % of the rows");
    }

    @Test
    void aProposalWaitsForAPersonAndAPauseForItsEnd() {
        loop.policy = Loop.policy("{\"approval\":true,\"errorAlarm\":{\"steps\":[500]}}");
        loop.alarm(1).archived(500);
        assertThat(loop.nextStep()).startsWith("waiting for a person to approve the training: error alarm at 2026-03-01T11:59:00Z; 500 labelled rows");
        loop.policy = Loop.policy("{\"paused\":true}");
        loop.see(new Observation.Tick());
        assertThat(loop.nextStep()).isEqualTo("nothing is requested while the policy is paused");
    }
}

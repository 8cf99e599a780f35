package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.TrainingProgress.State;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A policy that lets no candidate become champion without a person. */
class HeldCandidateTest {

    private final Loop loop = new Loop();

    @BeforeEach
    void aCandidateWaits() {
        loop.policy = Loop.policy("{\"deployApproval\":true}");
        loop.live(1).alarm(1).archived(300).progress(State.EVALUATING).after(Duration.ofMinutes(10)).see(new Observation.TrainingMoved(loop.state.request().id(), State.HELD,
                "version 2 passed the gate and waits for approval: +0.1"));
    }

    @Test
    void isShownAsWaitingForAPerson() {
        assertThat(loop.phases()).containsExactly(Phase.HEALTHY, Phase.DRIFT, Phase.COLLECTING, Phase.TRAINING, Phase.GATE, Phase.APPROVAL);
        assertThat(loop.nextStep()).isEqualTo(
                "waiting for a person to approve the candidate: version 2 passed the gate and waits for approval: +0.1");
        assertThat(loop.answers).isEmpty();
    }

    @Test
    void becomesChampionWhenApproved() {
        loop.see(new Observation.Approved("Eva"));
        assertThat(loop.answers).singleElement().satisfies(answer -> {
            assertThat(answer.approved()).isTrue();
            assertThat(answer.by()).isEqualTo("Eva");
            assertThat(answer.request()).isEqualTo(loop.state.request().id());
        });
        assertThat(loop.phase()).isEqualTo(Phase.GATE);

        loop.progress(State.PROMOTED).live(2);
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        assertThat(loop.state.live()).isEqualTo(2);
    }

    @Test
    void isDroppedWhenRefusedAndTheLoopRests() {
        loop.see(new Observation.Refused("Eva", "not before the weekend"));
        assertThat(loop.answers).containsExactly(new Decision.Answer(loop.requests.getFirst().id(), false, "Eva", "not before the weekend"));
        assertThat(loop.state.request()).isNull();
        assertThat(loop.transitions).extracting(Transition::to).contains(Phase.REJECTED);
        assertThat(loop.state.rejections()).isEqualTo(1);
    }

    @Test
    void isDroppedWhenNobodyAnswersInTime() {
        loop.after(Duration.ofHours(5)).see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.APPROVAL);
        loop.after(Duration.ofHours(1)).see(new Observation.Tick());
        assertThat(loop.answers).extracting(Decision.Answer::approved).containsExactly(false);
        assertThat(loop.transitions).extracting(Transition::reason).contains("nobody approved the candidate within PT6H");
    }

    @Test
    void hasItsFullTimeHoweverLongTheTrainingTook() {
        Loop slow = new Loop();
        slow.policy = loop.policy;
        slow.live(1).alarm(1).archived(300).after(Duration.ofHours(5)).progress(State.HELD).after(Duration.ofHours(5)).see(new Observation.Tick());
        assertThat(slow.phase()).isEqualTo(Phase.APPROVAL);
        slow.see(new Observation.Approved("Eva")).after(Duration.ofHours(5)).see(new Observation.Tick());
        assertThat(slow.phase()).isEqualTo(Phase.GATE);
    }

    @Test
    void costsNoBudgetWhileSomebodyThinks() {
        loop.after(Duration.ofHours(5)).see(new Observation.Approved("Eva")).progress(State.PROMOTED);
        assertThat(loop.state.ledger().exhausted(new RetrainingPolicy.Budget(9, Duration.ofHours(1)), loop.now)).isNull();
    }

    @Test
    void givesWayToAnotherVersionThatWentLive() {
        loop.live(7);
        assertThat(loop.answers).extracting(Decision.Answer::approved).containsExactly(false);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
        assertThat(loop.state.request()).isNull();
    }

    @Test
    void givesWayToATrainingThatAPersonAsksFor() {
        loop.see(new Observation.ManualRequest("new season"));
        assertThat(loop.answers).extracting(Decision.Answer::reason).containsExactly("another training was asked for: new season");
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
        assertThat(loop.requests).hasSize(2);
    }

    @Test
    void givesWayToARollBack() {
        loop.see(new Observation.RolledBack(1, "worse"));
        assertThat(loop.answers).hasSize(1);
        assertThat(loop.phase()).isEqualTo(Phase.ROLLED_BACK);
    }

    @Test
    void waitsThroughAPauseAndBrokenData() {
        loop.policy = loop.policy.pausedIs(true);
        loop.brokenWindow().window(Status.DRIFT).see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.APPROVAL);
        loop.see(new Observation.Approved("Eva")).progress(State.PROMOTED).live(2);
        assertThat(loop.phase()).isEqualTo(Phase.PAUSED);
    }

    @Test
    void isHeldAfterAnApprovedTrainingToo() {
        Loop both = new Loop();
        both.policy = Loop.policy("{\"approval\":true,\"deployApproval\":true}");
        both.live(1).alarm(1).archived(300);
        assertThat(both.nextStep()).startsWith("waiting for a person to approve the training");
        both.see(new Observation.Approved("Eva")).progress(State.HELD);
        assertThat(both.nextStep()).startsWith("waiting for a person to approve the candidate");
        assertThat(both.answers).isEmpty();
        assertThat(both.see(new Observation.Approved("Eva")).answers).hasSize(1);
    }
}

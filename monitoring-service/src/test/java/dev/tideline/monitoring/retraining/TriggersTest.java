package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TriggersTest {

    private final Loop loop = new Loop();

    @Test
    void driftInThreeOfFiveWindowsNeedNotBeInARow() {
        given("{\"dataDrift\":{\"windows\":3,\"of\":5}}").window(Status.DRIFT).window(Status.STABLE).window(Status.DRIFT);
        assertThat(loop.requests).isEmpty();
        loop.window(Status.STABLE).window(Status.DRIFT);
        assertThat(loop.last().trigger()).isEqualTo(Trigger.DATA_DRIFT);
        assertThat(loop.last().reason()).isEqualTo("the inputs drifted in 3 of the last 5 windows");
    }

    @Test
    void driftThatIsLongAgoDoesNotCount() {
        given("{\"dataDrift\":{\"windows\":2,\"of\":3}}").window(Status.DRIFT).window(Status.STABLE).window(Status.STABLE).window(Status.DRIFT);
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void driftOfAnswersHasATriggerOfItsOwn() {
        given("{\"predictionDrift\":{\"rows\":700},\"dataDrift\":{\"enabled\":false}}").driftingAnswers().driftingAnswers();
        assertThat(loop.last().trigger()).isEqualTo(Trigger.PREDICTION_DRIFT);
        assertThat(loop.last().window()).isEqualTo(new DataWindow.Last(700));
    }

    @Test
    void driftAsksForNothingOnceLabelsShowThatTheErrorHolds() {
        given("{}").archived(500).window(Status.DRIFT).window(Status.DRIFT).driftingAnswers().driftingAnswers();
        assertThat(loop.phase()).isEqualTo(Phase.DRIFT);
        assertThat(loop.requests).isEmpty();
        assertThat(loop.nextStep()).isEqualTo("labels show no rise of the error; drift alone asks for no training then");
    }

    @Test
    void labelsOfAnEarlierVersionSayNothingAboutTheLiveOne() {
        given("{}").archived(500).live(2).window(2, Status.DRIFT).window(2, Status.DRIFT);
        assertThat(loop.requests).hasSize(1);
    }

    @Test
    void manyNewRowsAskForTraining() {
        given("{\"volume\":{\"enabled\":true,\"newRows\":1000,\"share\":0,\"rows\":3000}}").archived(999);
        assertThat(loop.requests).isEmpty();
        loop.archived(1_000);
        assertThat(loop.last().trigger()).isEqualTo(Trigger.VOLUME);
        assertThat(loop.last().evidence()).containsEntry("rows", 1_000.0);
    }

    @Test
    void newRowsAreAShareOfWhatWasTrainedOn() {
        given("{\"volume\":{\"enabled\":true,\"newRows\":100,\"share\":0.5,\"rows\":3000}}").archived(100).progress(State.REJECTED);
        loop.after(Duration.ofHours(2)).archived(1_599);
        assertThat(loop.requests).hasSize(1);
        loop.archived(1_600);
        assertThat(loop.requests).hasSize(2);
    }

    @Test
    void anOldVersionIsReplaced() {
        given("{}").after(Duration.ofDays(30).minusSeconds(1)).see(new Observation.Tick());
        assertThat(loop.requests).isEmpty();
        loop.after(Duration.ofSeconds(1)).see(new Observation.Tick());
        assertThat(loop.last().trigger()).isEqualTo(Trigger.AGE);
    }

    @Test
    void theClockAsksWhenTheScheduleIsDue() {
        given("{\"schedule\":{\"enabled\":true,\"cron\":\"0 0 3 * * *\",\"zone\":\"Europe/Vienna\",\"rows\":900}}");
        loop.after(Duration.ofHours(13)).see(new Observation.Tick());
        assertThat(loop.requests).isEmpty();
        loop.after(Duration.ofHours(1)).see(new Observation.Tick());
        assertThat(loop.last().trigger()).isEqualTo(Trigger.SCHEDULE);
        assertThat(loop.last().reason()).isEqualTo("the schedule 0 0 3 * * * was due at 2026-03-02T03:00+01:00[Europe/Vienna]");
        loop.progress(State.REJECTED).after(Duration.ofHours(23)).see(new Observation.Tick());
        assertThat(loop.requests).hasSize(1);
        loop.after(Duration.ofHours(1)).see(new Observation.Tick());
        assertThat(loop.requests).hasSize(2);
    }

    @Test
    void lowAccuracyInTwoWindowsInARowAsksForTraining() {
        given("{\"metricFloor\":{\"enabled\":true,\"accuracy\":0.8}}").see(accuracy(0.7)).see(accuracy(0.9)).see(accuracy(0.79));
        assertThat(loop.requests).isEmpty();
        loop.see(accuracy(0.75));
        assertThat(loop.last().trigger()).isEqualTo(Trigger.METRIC_FLOOR);
        assertThat(loop.last().evidence()).isEqualTo(Map.of("accuracy", 0.75, "windows", 2.0));
    }

    @Test
    void theBudgetEndsAStorm() {
        given("{\"budget\":{\"trainings\":3},\"cooldown\":{\"time\":\"PT0S\",\"rows\":0}}");
        for (int i = 0; i < 10; i++) {
            loop.window(Status.DRIFT).window(Status.DRIFT).after(Duration.ofMinutes(1));
            if (loop.state.request() != null) {
                loop.progress(State.REJECTED);
            }
        }
        assertThat(loop.requests).hasSize(3);
        assertThat(loop.nextStep()).isEqualTo("the budget is spent: 3 trainings in 24 hours, until 2026-03-02T12:00:00Z");
        loop.after(Duration.ofDays(1)).see(new Observation.Tick());
        assertThat(loop.requests).hasSize(4);
    }

    @Test
    void theBudgetOfTimeIsOneOfAnsweredRequests() {
        given("{\"budget\":{\"time\":\"PT1H\"},\"cooldown\":{\"time\":\"PT0S\",\"rows\":0}}");
        loop.window(Status.DRIFT).window(Status.DRIFT).after(Duration.ofMinutes(61)).progress(State.REJECTED);
        loop.window(Status.DRIFT).window(Status.DRIFT);
        assertThat(loop.requests).hasSize(1);
        assertThat(loop.nextStep()).startsWith("the budget is spent: PT1H1M of training in 24 hours");
    }

    @Test
    void aPersonMayOverdrawTheBudget() {
        given("{\"budget\":{\"trainings\":2}}").see(new Observation.ManualRequest("a")).progress(State.FAILED)
                .see(new Observation.ManualRequest("b")).progress(State.FAILED).see(new Observation.ManualRequest("c"));
        assertThat(loop.requests).hasSize(3);
    }

    @Test
    void aProposalWaitsForAPerson() {
        given("{\"approval\":true}").window(Status.DRIFT).window(Status.DRIFT);
        assertThat(loop.phase()).isEqualTo(Phase.APPROVAL);
        assertThat(loop.requests).isEmpty();
        assertThat(loop.nextStep()).isEqualTo("waiting for a person to approve the training: the inputs drifted in 2 of the last 2 windows");
        loop.see(new Observation.Approved("Eva"));
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
        assertThat(loop.last().reason()).isEqualTo("the inputs drifted in 2 of the last 2 windows; approved by Eva");
    }

    @Test
    void aRefusedProposalRestsLikeARejectedCandidate() {
        given("{\"approval\":true}").window(Status.DRIFT).window(Status.DRIFT).see(new Observation.Refused("Eva", "holidays"));
        assertThat(loop.phase()).isEqualTo(Phase.REJECTED);
        assertThat(loop.state.reason()).isEqualTo("refused by Eva: holidays");
        assertThat(loop.state.proposal()).isNull();
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void aProposalThatNobodyAnswersExpires() {
        given("{\"approval\":true}").window(Status.DRIFT).window(Status.DRIFT).after(Duration.ofHours(6)).see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.REJECTED);
        assertThat(loop.state.reason()).startsWith("nobody approved within PT6H");
    }

    @Test
    void bothStepsOfAnErrorAlarmAreApprovedOneByOne() {
        given("{\"approval\":true,\"errorAlarm\":{\"steps\":[300,2000]}}").alarm(1).archived(300).see(new Observation.Approved("Eva"))
                .progress(State.PROMOTED).live(2).archived(2_000);
        assertThat(loop.phase()).isEqualTo(Phase.APPROVAL);
        assertThat(loop.requests).hasSize(1);
    }

    @Test
    void aPausedPolicyAsksForNothing() {
        given("{\"paused\":true}").window(Status.DRIFT).window(Status.DRIFT).alarm(1).archived(9_000);
        assertThat(loop.phase()).isEqualTo(Phase.PAUSED);
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void anAlarmDuringThePauseIsAnsweredAfterIt() {
        given("{\"paused\":true}").alarm(1).archived(200);
        loop.policy = RetrainingPolicy.defaults();
        loop.see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        loop.archived(300);
        assertThat(loop.requests).hasSize(1);
    }

    @Test
    void aRollBackEndsTheEpisodeAndRests() {
        given("{}").alarm(1).archived(300).progress(State.PROMOTED).live(2).see(new Observation.ChampionNamed(1));
        loop.see(new Observation.RolledBack(1, "rolled back by Eva"));
        assertThat(loop.phase()).isEqualTo(Phase.ROLLED_BACK);
        assertThat(loop.state.live()).isEqualTo(1);
        assertThat(loop.archived(1_200).requests).hasSize(1);
        loop.after(Duration.ofHours(1)).see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void everyMoveIsATransitionWithItsReason() {
        given("{\"approval\":true}").alarm(1).archived(300).see(new Observation.Approved("Eva")).progress(State.EVALUATING).progress(State.REJECTED);
        assertThat(loop.phases()).containsExactly(Phase.HEALTHY, Phase.DRIFT, Phase.COLLECTING, Phase.APPROVAL, Phase.TRAINING, Phase.GATE,
                Phase.REJECTED, Phase.COLLECTING);
        assertThat(loop.transitions).extracting(Transition::reason).doesNotContain("");
        assertThat(loop.transitions.subList(0, 4)).allSatisfy(transition -> assertThat(transition.evidence()).containsKey("recentError"));
    }

    @Test
    void aStateFromBeforeTheLedgerIsReadAsFresh() {
        var old = new LoopState("m", Phase.HEALTHY, loop.now, "r", null, Set.of(), null, 0, null, null, null, null, null, null, 0, 0);
        assertThat(List.of(old.watch(), old.ledger())).containsExactly(Watch.FRESH, Ledger.EMPTY);
    }

    private static Observation accuracy(double share) {
        return new Observation.AccuracyMeasured(1, share);
    }

    private Loop given(String policy) {
        loop.policy = Loop.policy(policy);
        return loop.live(1);
    }
}

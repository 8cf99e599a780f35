package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetrainingLoopTest {

    private static final Instant ALARM = Instant.parse("2026-03-01T11:59:00Z");

    private final Loop loop = new Loop().live(1);

    @Test
    void aLiveVersionIsHealthy() {
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
        assertThat(loop.state.live()).isEqualTo(1);
        assertThat(loop.state.reason()).isEqualTo("version 1 is live");
    }

    @Test
    void aChampionThatNobodyServesIsNotLive() {
        loop.see(new Observation.ChampionNamed(2));
        assertThat(loop.state.live()).isEqualTo(1);
    }

    @Test
    void oneDriftingWindowOnlyWarns() {
        loop.window(Status.DRIFT);
        assertThat(loop.phase()).isEqualTo(Phase.WARNING);
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void aStableWindowEndsTheWarning() {
        loop.window(Status.DRIFT).window(Status.STABLE);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void aWindowWithTooFewRowsChangesNothing() {
        loop.window(Status.DRIFT).window(Status.INSUFFICIENT_DATA);
        assertThat(loop.phase()).isEqualTo(Phase.WARNING);
        assertThat(loop.state.watch().inputs()).containsExactly(true);
    }

    @Test
    void windowsOfAnotherVersionChangeNothing() {
        loop.see(new Observation.WindowJudged(9, ALARM, Status.DRIFT, true, false, null, "x", Map.of()));
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void twoDriftingWindowsInARowRequestRecentRecords() {
        loop.window(Status.DRIFT).window(Status.DRIFT);
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
        assertThat(loop.last().trigger()).isEqualTo(Trigger.DATA_DRIFT);
        assertThat(loop.last().window()).isEqualTo(new DataWindow.Last(5_000));
    }

    @Test
    void confirmedDriftPassesThroughTheDriftPhase() {
        loop.window(Status.DRIFT).window(Status.DRIFT);
        assertThat(loop.phases()).containsExactly(Phase.HEALTHY, Phase.WARNING, Phase.DRIFT, Phase.TRAINING);
    }

    @Test
    void driftingWindowsThatAreNotInARowRequestNothing() {
        loop.window(Status.DRIFT).window(Status.STABLE).window(Status.DRIFT);
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void dataDriftRequestsNothingWhenThePolicySaysSo() {
        loop.policy = Loop.policy("{\"dataDrift\":{\"enabled\":false}}");
        loop.window(Status.DRIFT).window(Status.DRIFT).window(Status.DRIFT);
        assertThat(loop.phase()).isEqualTo(Phase.DRIFT);
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void anErrorWarningWarnsUntilItIsTakenBack() {
        loop.see(new Observation.ErrorWarning(1, true, Map.of()));
        assertThat(loop.phase()).isEqualTo(Phase.WARNING);
        loop.see(new Observation.ErrorWarning(1, false, Map.of()));
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void anErrorAlarmCollectsLabelledRowsFirst() {
        loop.archived(10_000).alarm(1);
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        assertThat(loop.requests).isEmpty();
        assertThat(loop.archived(10_212).nextStep()).isEqualTo("212 of 500 labelled rows since the alarm");
    }

    @Test
    void fiveHundredLabelledRowsAfterTheAlarmRequestExactlyThese() {
        loop.archived(10_000).alarm(1).archived(10_499);
        assertThat(loop.requests).isEmpty();
        loop.archived(10_500);
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
        assertThat(loop.last().trigger()).isEqualTo(Trigger.CONCEPT_DRIFT);
        assertThat(loop.last().window()).isEqualTo(new DataWindow.Since(ALARM));
        assertThat(loop.last().evidence()).containsEntry("recentError", 0.4);
    }

    @Test
    void aSecondTrainingFollowsAtTwoThousandRowsAfterTheAlarm() {
        loop.archived(10_000).alarm(1).archived(10_500).progress(State.PROMOTED).live(2);
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        loop.archived(11_999);
        assertThat(loop.requests).hasSize(1);
        loop.archived(12_000);
        assertThat(loop.requests).hasSize(2);
        assertThat(loop.last().window()).isEqualTo(new DataWindow.Since(ALARM));
    }

    @Test
    void theEpisodeEndsWhenTheSecondCandidateIsLive() {
        loop.archived(0).alarm(1).archived(500).progress(State.PROMOTED).live(2)
                .archived(2_000).progress(State.PROMOTED).live(3);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
        assertThat(loop.state.episode()).isNull();
    }

    @Test
    void theSecondStepFollowsAlsoWhenTheFirstCandidateLost() {
        loop.archived(0).alarm(1).archived(500).progress(State.REJECTED).archived(2_000);
        assertThat(loop.requests).hasSize(2);
        loop.progress(State.REJECTED);
        assertThat(loop.phase()).isEqualTo(Phase.REJECTED);
    }

    @Test
    void rowsThatAreEnoughForBothStepsAreTrainedOnOnce() {
        loop.archived(0).alarm(1).archived(2_300);
        assertThat(loop.requests).hasSize(1);
        loop.progress(State.REJECTED).archived(2_400);
        assertThat(loop.requests).hasSize(1);
        assertThat(loop.state.episode()).isNull();
    }

    @Test
    void aNewAlarmDuringTheSecondCollectionStartsOver() {
        loop.archived(0).alarm(1).archived(500).progress(State.PROMOTED).live(2).archived(900);
        loop.see(new Observation.ErrorAlarm(2, ALARM.plusSeconds(60), 900, Map.of()));
        assertThat(loop.state.episode().from()).isEqualTo(ALARM.plusSeconds(60));
        assertThat(loop.state.episode().step()).isZero();
    }

    @Test
    void repeatedAlarmsDuringTheFirstCollectionChangeNothing() {
        loop.archived(0).alarm(1).archived(300);
        loop.see(new Observation.ErrorAlarm(1, ALARM.plusSeconds(60), 300, Map.of()));
        assertThat(loop.state.episode().from()).isEqualTo(ALARM);
    }

    @Test
    void alarmsOfAnOldVersionChangeNothing() {
        loop.live(2).alarm(1);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void onlyOneRequestIsOutAtATime() {
        loop.window(Status.DRIFT).window(Status.DRIFT).window(Status.DRIFT).archived(9_000);
        loop.see(new Observation.ManualRequest("now"));
        assertThat(loop.requests).hasSize(1);
    }

    @Test
    void anAlarmDuringDataDriftTrainingIsActedOnAfterwards() {
        loop.window(Status.DRIFT).window(Status.DRIFT).alarm(1).progress(State.REJECTED);
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        loop.after(Duration.ofHours(2)).archived(500);
        assertThat(loop.last().window()).isEqualTo(new DataWindow.Since(ALARM));
    }

    @Test
    void theGateIsVisible() {
        loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.EVALUATING);
        assertThat(loop.phase()).isEqualTo(Phase.GATE);
    }

    @Test
    void aPromotedCandidateIsDeployingUntilItAnswers() {
        loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.PROMOTED);
        assertThat(loop.phase()).isEqualTo(Phase.DEPLOYING);
        loop.live(2);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
        assertThat(loop.state.watch()).isEqualTo(Watch.FRESH);
    }

    @Test
    void aCandidateThatAnswersBeforeItsNewsArrivesIsNotWaitedFor() {
        loop.window(Status.DRIFT).window(Status.DRIFT).live(2).progress(State.PROMOTED);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void aRejectedCandidateRestsUntilTheCoolDownEnds() {
        loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.REJECTED).window(Status.DRIFT).window(Status.DRIFT);
        assertThat(loop.phase()).isEqualTo(Phase.REJECTED);
        loop.after(Duration.ofHours(1)).see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void enoughNewRowsEndTheCoolDownEarly() {
        loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.REJECTED).archived(1_000);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void theCoolDownDoublesFromTheSecondRejectionOn() {
        Duration[] rests = new Duration[8];
        for (int i = 0; i < rests.length; i++) {
            loop.after(Duration.ofDays(2)).see(new Observation.Tick());
            loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.REJECTED);
            rests[i] = Duration.between(loop.now, loop.state.cooldown().until());
        }
        assertThat(List.of(rests)).extracting(Duration::toHours).containsExactly(1L, 2L, 4L, 8L, 16L, 24L, 24L, 24L);
    }

    @Test
    void freshRowsEndEveryRestAlike() {
        for (int i = 0; i < 5; i++) {
            loop.after(Duration.ofDays(2)).see(new Observation.Tick());
            loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.REJECTED);
            assertThat(loop.state.cooldown().untilRows() - loop.state.archivedRows()).isEqualTo(1_000);
        }
    }

    @Test
    void rowsOfTheCoolDownDoubleUpToTheirLimit() {
        loop.policy = Loop.policy("{\"cooldown\":{\"maxRows\":4000},\"dataDrift\":{\"unlessLabelled\":1000000}}");
        long[] rests = new long[5];
        for (int i = 0; i < rests.length; i++) {
            loop.after(Duration.ofDays(2)).see(new Observation.Tick());
            loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.REJECTED);
            rests[i] = loop.state.cooldown().untilRows() - loop.state.archivedRows();
        }
        assertThat(rests).containsExactly(1_000, 2_000, 4_000, 4_000, 4_000);
    }

    @Test
    void aPromotionEndsTheDoubling() {
        loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.REJECTED).after(Duration.ofDays(2));
        loop.see(new Observation.Tick()).window(Status.DRIFT).window(Status.DRIFT).progress(State.PROMOTED);
        assertThat(loop.state.rejections()).isZero();
    }

    @Test
    void driftDuringTheCoolDownWaitsForItsEnd() {
        loop.window(Status.DRIFT).window(Status.DRIFT).progress(State.PROMOTED).live(2);
        loop.window(2, Status.DRIFT).window(2, Status.DRIFT);
        assertThat(loop.phase()).isEqualTo(Phase.DRIFT);
        loop.after(Duration.ofHours(1)).see(new Observation.Tick());
        assertThat(loop.requests).hasSize(2);
    }

    @Test
    void aRequestWithoutAnAnswerFailsAfterItsTimeout() {
        loop.window(Status.DRIFT).window(Status.DRIFT).after(Duration.ofHours(6)).see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.REJECTED);
        assertThat(loop.state.reason()).matches("no answer to request trips-r1-\\w+ within PT6H");
    }

    @Test
    void answersToForeignJobsChangeNothing() {
        loop.window(Status.DRIFT).window(Status.DRIFT);
        loop.see(new Observation.TrainingMoved(null, State.FAILED, "boom"));
        loop.see(new Observation.TrainingMoved("other", State.FAILED, "boom"));
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
    }

    @Test
    void aVersionPromotedByHandEndsTheCollection() {
        loop.alarm(1).live(2);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
        assertThat(loop.archived(5_000).requests).isEmpty();
    }

    @Test
    void aRestartOfInferenceIsNoDeployment() {
        loop.alarm(1);
        loop.see(new Observation.VersionWithdrawn(1)).see(new Observation.VersionDeployed(1));
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
    }

    @Test
    void brokenDataBlockTheLoopAndSaySo() {
        loop.brokenWindow();
        assertThat(loop.phase()).isEqualTo(Phase.BLOCKED);
        assertThat(loop.nextStep()).isEqualTo("waiting for a window without the fault: temp: missing in 60.0 % of the rows");
    }

    @Test
    void brokenDataNeverStartATraining() {
        loop.window(Status.DRIFT).brokenWindow().alarm(1).archived(9_000).brokenWindow();
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void aWholeWindowEndsTheBlock() {
        loop.brokenWindow().window(Status.STABLE);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }

    @Test
    void brokenWindowsEndARowOfDriftingOnes() {
        loop.window(Status.DRIFT).brokenWindow().window(Status.DRIFT);
        assertThat(loop.requests).isEmpty();
        assertThat(loop.phase()).isEqualTo(Phase.WARNING);
    }

    @Test
    void rowsCollectedWhileTheDataWereBrokenAreNotTrainedOn() {
        loop.archived(0).alarm(1).archived(300).brokenWindow().archived(900);
        assertThat(loop.requests).isEmpty();
        loop.window(Status.STABLE);
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        loop.archived(1_399);
        assertThat(loop.requests).isEmpty();
        loop.archived(1_400);
        assertThat(loop.last().window()).isEqualTo(new DataWindow.Since(loop.now));
    }

    @Test
    void anAlarmOnBrokenDataIsAnsweredOnceTheyAreWhole() {
        loop.brokenWindow().archived(100).alarm(1);
        assertThat(loop.phase()).isEqualTo(Phase.BLOCKED);
        loop.window(Status.STABLE);
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
    }

    @Test
    void brokenDataDoNotDisturbATrainingThatRuns() {
        loop.window(Status.DRIFT).window(Status.DRIFT).brokenWindow();
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
    }

    @Test
    void dataThatBrokeDuringATrainingBlockTheLoopAfterIt() {
        loop.window(Status.DRIFT).window(Status.DRIFT).brokenWindow().progress(State.REJECTED);
        assertThat(loop.phase()).isEqualTo(Phase.BLOCKED);
        assertThat(loop.nextStep()).isEqualTo("waiting for a window without the fault: temp: missing in 60.0 % of the rows");
    }

    @Test
    void dataThatBrokeDuringAPauseBlockTheLoopAfterIt() {
        RetrainingPolicy before = loop.policy;
        loop.archived(0).alarm(1).archived(300);
        loop.policy = Loop.policy("{\"paused\":true}");
        loop.see(new Observation.Tick()).brokenWindow().archived(900);
        loop.policy = before;
        loop.see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.BLOCKED);
        assertThat(loop.requests).isEmpty();
    }

    @Test
    void rowsThatBrokeAndMendedDuringAPauseAreNotTrainedOn() {
        RetrainingPolicy before = loop.policy;
        loop.archived(0).alarm(1).archived(300);
        loop.policy = Loop.policy("{\"paused\":true}");
        loop.see(new Observation.Tick()).brokenWindow().archived(900).window(Status.STABLE);
        loop.policy = before;
        loop.see(new Observation.Tick());
        assertThat(loop.phase()).isEqualTo(Phase.COLLECTING);
        loop.archived(1_400);
        assertThat(loop.last().window()).isEqualTo(new DataWindow.Since(loop.now));
    }

    @Test
    void aPersonMayAskForTrainingWhileTheDataAreBroken() {
        loop.brokenWindow().see(new Observation.ManualRequest("it is fine"));
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
    }

    @Test
    void aManualRequestGoesOutAtOnce() {
        loop.see(new Observation.ManualRequest("new season"));
        assertThat(loop.last().trigger()).isEqualTo(Trigger.MANUAL);
        assertThat(loop.last().reason()).isEqualTo("new season");
    }

    @Test
    void requestsAreNumberedPerModel() {
        loop.see(new Observation.ManualRequest("a")).progress(State.FAILED).see(new Observation.ManualRequest("b"));
        assertThat(loop.requests).extracting(Decision.Request::id)
                .satisfiesExactly(first -> assertThat(first).startsWith("trips-r1-"), second -> assertThat(second).startsWith("trips-r2-"));
    }

    @Test
    void aPolicyThatLosesStepsDuringAnEpisodeEndsItAtTheLast() {
        loop.archived(0).alarm(1).archived(500).progress(State.PROMOTED).live(2);
        loop.policy = Loop.policy("{\"errorAlarm\":{\"steps\":[500]}}");
        loop.archived(600);
        assertThat(loop.phase()).isEqualTo(Phase.TRAINING);
        loop.progress(State.PROMOTED).live(3);
        assertThat(loop.phase()).isEqualTo(Phase.HEALTHY);
    }
}

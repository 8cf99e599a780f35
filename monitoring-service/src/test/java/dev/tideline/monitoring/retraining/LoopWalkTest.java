package dev.tideline.monitoring.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in whatever order, some things hold. Walks of random observations with fixed seeds. */
class LoopWalkTest {

    private static final int WALKS = 150;
    private static final int STEPS = 500;
    private static final int BUDGET = 5;
    private static final Duration DAY = Duration.ofDays(1);

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"approval\":true}", "{\"deployApproval\":true}", "{\"errorAlarm\":{\"steps\":[50,100,400]},\"cooldown\":{\"rows\":300,\"maxRows\":600,\"time\":\"PT30M\"}}",
        "{\"volume\":{\"enabled\":true,\"newRows\":100},\"metricFloor\":{\"enabled\":true,\"accuracy\":0.5},\"schedule\":{\"enabled\":true,\"cron\":\"0 0 * * * *\"}}"})
    void invariantsHoldOnEveryWalk(String policy) {
        Set<Phase> seen = EnumSet.noneOf(Phase.class);
        for (int seed = 0; seed < WALKS; seed++) {
            walk(new SplittableRandom(seed), Loop.policy(withBudget(policy)), seen);
        }
        EnumSet<Phase> expected = EnumSet.allOf(Phase.class);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String withBudget(String policy) {
        String more = "\"budget\":{\"trainings\":" + BUDGET + "}";
        return policy.equals("{}") ? "{" + more + "}" : policy.substring(0, policy.length() - 1) + "," + more + "}";
    }

    private static void walk(SplittableRandom random, RetrainingPolicy policy, Set<Phase> seen) {
        Instant now = Instant.parse("2026-03-01T12:00:00Z");
        LoopState state = LoopState.initial("m", now);
        List<Instant> asked = new ArrayList<>();
        boolean paused = false;
        for (int i = 0; i < STEPS; i++) {
            now = now.plusSeconds(random.nextInt(1_200));
            paused = random.nextInt(40) == 0 ? !paused : paused;
            RetrainingPolicy ruled = policy.pausedIs(paused);
            Observation observation = observation(random, state, now);
            Decision decision = RetrainingLoop.decide(state, ruled, observation, now);
            assertThat(RetrainingLoop.decide(state, ruled, observation, now)).as("the same again").isEqualTo(decision);
            check(state, decision, observation, paused);
            Decision.Request request = decision.request();
            if (request != null && request.trigger() != Trigger.MANUAL) {
                Instant limit = now.minus(DAY);
                assertThat(asked.stream().filter(limit::isBefore).count()).as("requests in a day before this one").isLessThan(BUDGET);
                asked.add(now);
            }
            state = decision.state();
            seen.add(state.phase());
        }
    }

    private static void check(LoopState before, Decision decision, Observation observation, boolean paused) {
        LoopState after = decision.state();
        Phase at = before.phase();
        for (Transition transition : decision.transitions()) {
            assertThat(transition.from()).as("every move begins where the last one ended").isEqualTo(at);
            assertThat(transition.to()).isNotEqualTo(at);
            assertThat(transition.reason()).isNotBlank();
            at = transition.to();
        }
        assertThat(after.phase()).isEqualTo(at);
        assertThat(after.archivedRows()).isGreaterThanOrEqualTo(before.archivedRows());
        assertThat(after.request() != null).as("a request is out in %s", at).isEqualTo(at == Phase.TRAINING || at == Phase.GATE || after.holdsCandidate());
        assertThat(at == Phase.COLLECTING && after.episode() == null).as("collecting for no alarm").isFalse();
        assertThat(after.proposal() != null).as("a training is proposed in %s", at).isEqualTo(at == Phase.APPROVAL && !after.holdsCandidate());
        checkAnswer(before, decision, observation);
        Decision.Request request = decision.request();
        assertThat(after.requests() - before.requests()).isEqualTo(request == null ? 0 : 1);
        if (request != null) {
            assertThat(before.phase().inTraining() && before.request() != null && before.request().equals(after.request())).as("one at a time").isFalse();
            assertThat(after.request().id()).isEqualTo(request.id());
            boolean asked = observation instanceof Observation.ManualRequest || observation instanceof Observation.Approved;
            assertThat(paused && !asked).as("asks for %s while paused", request.trigger()).isFalse();
            assertThat(after.watch().fault() != null && !asked).as("asks for %s while the data are broken", request.trigger()).isFalse();
        }
    }

    private static void checkAnswer(LoopState before, Decision decision, Observation observation) {
        Decision.Answer answer = decision.answer();
        boolean waits = decision.state().holdsCandidate();
        if (answer == null) {
            assertThat(before.holdsCandidate() && !waits && !(observation instanceof Observation.TrainingMoved))
                    .as("a candidate is left waiting for ever").isFalse();
        } else {
            assertThat(before.holdsCandidate()).as("an answer without a candidate").isTrue();
            assertThat(answer.request()).isEqualTo(before.request().id());
            assertThat(answer.approved()).isEqualTo(observation instanceof Observation.Approved);
        }
    }

    private static Observation observation(SplittableRandom random, LoopState state, Instant now) {
        long version = state.live() == null ? 1 : state.live();
        Map<String, Double> evidence = Map.of("x", random.nextDouble());
        return switch (random.nextInt(16)) {
            case 0, 1 -> new Observation.WindowJudged(version, now, Status.DRIFT, true, random.nextBoolean(), null, "drifts", evidence);
            case 2 -> new Observation.WindowJudged(version, now, Status.STABLE, false, false, null, "stable", evidence);
            case 3 -> random.nextInt(3) > 0 ? new Observation.Tick()
                    : new Observation.WindowJudged(version, now, Status.WARNING, false, false, "missing", "fault", evidence);
            case 4 -> new Observation.ErrorWarning(version, random.nextBoolean(), evidence);
            case 5 -> new Observation.ErrorAlarm(version, now, state.archivedRows(), evidence);
            case 6, 7 -> new Observation.RowsArchived(state.archivedRows() + random.nextInt(400));
            case 8, 9, 10 -> new Observation.TrainingMoved(state.request() == null || random.nextInt(8) == 0 ? "another" : state.request().id(),
                    State.values()[random.nextInt(State.values().length)], null);
            case 11 -> new Observation.ChampionNamed(version + random.nextInt(2));
            case 12 -> new Observation.VersionDeployed(state.champion() == null ? 1 : state.champion());
            case 13 -> random.nextInt(4) > 0 ? new Observation.AccuracyMeasured(version, random.nextDouble())
                    : new Observation.RolledBack(Math.max(1, version - 1), "worse");
            case 14 -> random.nextInt(4) > 0 ? new Observation.Approved("ann") : new Observation.Refused("ann", "not now");
            default -> random.nextInt(6) > 0 ? new Observation.Tick() : new Observation.ManualRequest("new season");
        };
    }
}

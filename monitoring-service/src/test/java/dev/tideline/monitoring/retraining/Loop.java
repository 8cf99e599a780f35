package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.contracts.TrainingProgress.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Drives the state machine by hand and keeps what it did. */
final class Loop {

    final List<Decision.Request> requests = new ArrayList<>();
    final List<Decision.Answer> answers = new ArrayList<>();
    final List<Transition> transitions = new ArrayList<>();
    /** Drift alone asks for training however many labels there are, so that most tests need no second thought. */
    RetrainingPolicy policy = policy("""
            {"errorAlarm":{"steps":[500,2000]},"dataDrift":{"unlessLabelled":1000000},"predictionDrift":{"unlessLabelled":1000000}}""");
    Instant now = Instant.parse("2026-03-01T12:00:00Z");
    LoopState state = LoopState.initial("trips", now);

    /** A policy as the service reads it. */
    static RetrainingPolicy policy(String json) {
        JsonMapper mapper = JsonMapper.builder().build();
        return new PolicyReader(mapper).read(mapper.readTree(json));
    }

    Loop see(Observation observation) {
        Decision decision = RetrainingLoop.decide(state, policy, observation, now);
        state = decision.state();
        transitions.addAll(decision.transitions());
        if (decision.request() != null) {
            requests.add(decision.request());
        }
        if (decision.answer() != null) {
            answers.add(decision.answer());
        }
        return this;
    }

    Loop live(long version) {
        return see(new Observation.ChampionNamed(version)).see(new Observation.VersionDeployed(version));
    }

    Loop window(Status status) {
        return window(1, status);
    }

    Loop window(long version, Status status) {
        return see(new Observation.WindowJudged(version, now, status, status == Status.DRIFT, false, null, "temp drifts", Map.of("psi", 0.4)));
    }

    /** A window whose answers drift and whose inputs do not. */
    Loop driftingAnswers() {
        return see(new Observation.WindowJudged(state.live(), now, Status.DRIFT, false, true, null, "output/label drifts", Map.of()));
    }

    Loop brokenWindow() {
        return see(new Observation.WindowJudged(1, now, Status.WARNING, false, false, "temp: missing in 60.0 % of the rows", "fault", Map.of()));
    }

    Loop alarm(long version) {
        return see(new Observation.ErrorAlarm(version, Instant.parse("2026-03-01T11:59:00Z"), state.archivedRows(),
                Map.of("recentError", 0.4)));
    }

    Loop archived(long rows) {
        return see(new Observation.RowsArchived(rows));
    }

    Loop progress(State to) {
        return see(new Observation.TrainingMoved(state.request().id(), to, null));
    }

    Loop after(Duration time) {
        now = now.plus(time);
        return this;
    }

    Phase phase() {
        return state.phase();
    }

    Decision.Request last() {
        return requests.getLast();
    }

    String nextStep() {
        return NextStep.of(state, policy, now);
    }

    List<Phase> phases() {
        return Stream.concat(Stream.of(Phase.HEALTHY), transitions.stream().map(Transition::to)).toList();
    }
}

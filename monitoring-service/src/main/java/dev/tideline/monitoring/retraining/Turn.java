package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of {@link RetrainingLoop}: the state on its way from one observation to a decision. What is seen is here, what is due in {@link Settling}. */
final class Turn {

    final RetrainingPolicy policy;
    final Instant now;
    private final List<Transition> transitions = new ArrayList<>();
    private LoopState state;
    private Decision.@Nullable Request request;
    private Decision.@Nullable Answer answer;

    Turn(LoopState state, RetrainingPolicy policy, Instant now) {
        this.state = state;
        this.policy = policy;
        this.now = now;
    }

    Decision decision() {
        return new Decision(state, transitions, request, answer);
    }

    LoopState state() {
        return state;
    }

    void window(Observation.WindowJudged window) {
        if (isNotLive(window.version()) || window.status() == DriftEvent.Status.INSUFFICIENT_DATA) {
            return;
        }
        if (window.fault() != null) {
            block(window.fault(), window.evidence());
            return;
        }
        if (state.phase() == Phase.BLOCKED) {
            unblock(window);
        } else if (state.phase() == Phase.PAUSED && state.watch().fault() != null) {
            dropBrokenRows(window);
        }
        state = state.watching(state.watch().window(window.inputs(), window.outputs()));
        if (!state.phase().isCalm()) {
            return;
        }
        if (new Triggers(state, policy, now).driftIsConfirmed()) {
            enter(Phase.DRIFT, drifting() + " drifting windows: " + window.reason(), window.evidence());
        } else if (window.status() != DriftEvent.Status.STABLE) {
            enter(Phase.WARNING, window.reason(), window.evidence());
        } else if (!state.watch().errorWarning()) {
            enter(Phase.HEALTHY, "the newest window is stable", window.evidence());
        }
    }

    void warning(Observation.ErrorWarning warning) {
        if (isNotLive(warning.version())) {
            return;
        }
        state = state.watching(state.watch().warning(warning.raised()));
        if (warning.raised() && state.phase() == Phase.HEALTHY) {
            enter(Phase.WARNING, "the error rate may be rising", warning.evidence());
        } else if (!warning.raised() && state.phase() == Phase.WARNING && !state.watch().driftsNow()) {
            enter(Phase.HEALTHY, "the error rate is back", warning.evidence());
        }
    }

    void alarm(Observation.ErrorAlarm alarm) {
        if (isNotLive(alarm.version()) || !policy.errorAlarm().enabled()) {
            return;
        }
        var episode = new Episode(alarm.from(), alarm.archivedRows(), 0, alarm.evidence());
        Phase phase = state.phase();
        if (phase.inTraining() || phase == Phase.APPROVAL) {
            if (pendingTrigger() != Trigger.CONCEPT_DRIFT) {
                state = state.inEpisode(episode);
            }
            return;
        }
        if (phase == Phase.BLOCKED || phase == Phase.PAUSED) {
            // Broken data make errors, and the rows that count come after the fault. A pause leaves the alarm for later.
            state = state.inEpisode(episode);
            return;
        }
        Episode running = state.episode();
        if (phase == Phase.COLLECTING && running != null && running.step() == 0) {
            return;
        }
        state = state.inEpisode(episode);
        enter(Phase.DRIFT, "the error rate of version " + alarm.version() + " rose", alarm.evidence());
        collect();
    }

    void accuracy(Observation.AccuracyMeasured measured) {
        if (!isNotLive(measured.version())) {
            state = state.watching(state.watch().accuracy(measured.share(), policy.metricFloor().accuracy()));
        }
    }

    void archived(Observation.RowsArchived rows) {
        state = state.archived(Math.max(state.archivedRows(), rows.total()));
    }

    void training(Observation.TrainingMoved moved) {
        PendingRequest pending = state.request();
        if (pending == null || !pending.id().equals(moved.request())) {
            return;
        }
        String message = Objects.requireNonNullElse(moved.message(), "no reason given");
        switch (moved.state()) {
            case QUEUED, PREPARING, TRAINING, PUBLISHING -> { }
            case EVALUATING -> enter(Phase.GATE, "the candidate is compared with the champion", Map.of());
            case HELD -> hold(pending, message);
            case PROMOTED -> promoted(pending);
            case REJECTED -> failed("the candidate lost: " + message);
            case DECLINED -> failed("training declined the request: " + message);
            case FAILED -> failed("training failed: " + message);
            case CANCELLED -> failed("training was cancelled: " + message);
        }
    }

    void champion(long version) {
        serve(version, state.deployed());
    }

    void deployed(long version) {
        Set<Long> versions = new HashSet<>(state.deployed());
        versions.add(version);
        serve(state.champion(), versions);
    }

    void withdrawn(long version) {
        Set<Long> versions = new HashSet<>(state.deployed());
        versions.remove(version);
        serve(state.champion(), versions);
    }

    /** What made the rolled back version may make the next one too: as after a rejected candidate, the loop rests. */
    void rolledBack(Observation.RolledBack rolled) {
        letGo("nobody", "version " + rolled.champion() + " answers again");
        int rejections = state.rejections() + 1;
        state = state.answered(rest(rejections), rejections, now).inEpisode(null);
        enter(Phase.ROLLED_BACK, rolled.reason(), Map.of("champion", (double) rolled.champion()));
    }

    void manual(Observation.ManualRequest manual) {
        if (!state.phase().inTraining()) {
            letGo("nobody", "another training was asked for: " + manual.reason());
            send(new Wish(now, new DataWindow.Last(policy.dataDrift().rows()), policy.dataDrift().rows(), Trigger.MANUAL, manual.reason(), Map.of()));
        }
    }

    void approved(Observation.Approved approved) {
        PendingRequest pending = state.request();
        if (state.holdsCandidate() && pending != null) {
            answer = new Decision.Answer(pending.id(), true, approved.by(), state.reason());
            state = state.renewed(pending.at(now), state.ledger());
            enter(Phase.GATE, "approved by " + approved.by() + "; it becomes champion", Map.of());
            return;
        }
        Wish proposal = state.proposal();
        if (state.phase() == Phase.APPROVAL && proposal != null) {
            send(new Wish(now, proposal.window(), proposal.rows(), proposal.trigger(), proposal.reason() + "; approved by " + approved.by(),
                    proposal.evidence()));
        }
    }

    void refused(Observation.Refused refused) {
        if (state.phase() == Phase.APPROVAL) {
            letGo(refused.by(), refused.reason());
            failed("refused by " + refused.by() + ": " + refused.reason());
        }
    }

    private void block(String fault, Map<String, Double> evidence) {
        // While a training runs or the policy is paused the fault is kept in mind, and holds afterwards.
        state = state.watching(state.watch().broken(fault));
        blockWhenBroken(evidence);
    }

    void blockWhenBroken(Map<String, Double> evidence) {
        String fault = state.watch().fault();
        if (fault != null && !state.isBusy() && state.phase() != Phase.PAUSED && state.phase() != Phase.BLOCKED) {
            state = state.proposing(null);
            enter(Phase.BLOCKED, fault, evidence);
        }
    }

    private void unblock(Observation.WindowJudged window) {
        dropBrokenRows(window);
        if (state.episode() == null) {
            enter(Phase.HEALTHY, "the data are whole again", window.evidence());
        } else {
            enter(Phase.DRIFT, "the data are whole again; the error alarm is not answered yet", window.evidence());
            collect();
        }
    }

    /** What was collected while the data were broken is not to be trained on. */
    private void dropBrokenRows(Observation.WindowJudged window) {
        Episode episode = state.episode();
        if (episode != null) {
            state = state.inEpisode(new Episode(window.ended(), state.archivedRows(), 0, episode.evidence()));
        }
    }

    private void hold(PendingRequest pending, String message) {
        state = state.renewed(pending.at(now), state.ledger().answered(now));
        enter(Phase.APPROVAL, message, Map.of());
    }

    /** A candidate that waits for a person is not waited for any more. */
    void letGo(String by, String why) {
        PendingRequest pending = state.request();
        if (state.holdsCandidate() && pending != null) {
            answer = new Decision.Answer(pending.id(), false, by, why);
        }
    }

    private void promoted(PendingRequest pending) {
        state = state.answered(rest(0), 0, now);
        if (Objects.equals(state.live(), pending.live())) {
            enter(Phase.DEPLOYING, "the candidate won and is being deployed", Map.of());
        } else {
            afterDeploy("version " + state.live() + " is live");
        }
    }

    private void serve(@Nullable Long champion, Set<Long> deployed) {
        Long before = state.live();
        state = state.serving(champion, deployed, now);
        Long live = state.live();
        if (live == null || live.equals(before)) {
            return;
        }
        String news = "version " + live + " is live";
        switch (state.phase()) {
            case DEPLOYING -> afterDeploy(news);
            case TRAINING, GATE, ROLLED_BACK, PAUSED -> { }
            case HEALTHY, WARNING, DRIFT, COLLECTING, APPROVAL, BLOCKED, REJECTED -> {
                if (state.holdsCandidate()) {
                    letGo("nobody", news);
                    state = state.answered(rest(0), 0, now);
                }
                state = state.inEpisode(null).proposing(null);
                enter(Phase.HEALTHY, news, Map.of("version", (double) live));
            }
        }
    }

    void afterDeploy(String news) {
        if (hasFurtherStep()) {
            enter(Phase.DEPLOYING, news, Map.of());
            collect();
        } else {
            state = state.inEpisode(null);
            enter(Phase.HEALTHY, news, Map.of());
        }
    }

    void failed(String why) {
        int rejections = state.rejections() + 1;
        state = state.answered(rest(rejections), rejections, now);
        enter(Phase.REJECTED, why, Map.of());
        if (hasFurtherStep()) {
            collect();
        } else {
            state = state.inEpisode(null);
        }
    }

    /** Goes on with the running episode. */
    void collect() {
        Episode episode = Objects.requireNonNull(state.episode());
        long needed = policy.errorAlarm().rowsFor(episode.step());
        enter(Phase.COLLECTING, "training needs " + needed + " labelled rows since the alarm", episode.evidence());
    }

    boolean hasFurtherStep() {
        Episode episode = state.episode();
        return episode != null && episode.step() < policy.errorAlarm().steps().size();
    }

    void propose(Wish wish) {
        state = state.proposing(wish);
        enter(Phase.APPROVAL, wish.reason(), wish.evidence());
    }

    void send(Wish wish) {
        // The time keeps ids apart when a database is started anew.
        String id = state.model() + "-r" + (state.requests() + 1) + "-" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX);
        request = new Decision.Request(id, wish.window(), wish.trigger(), wish.reason(), wish.evidence());
        state = state.requested(new PendingRequest(id, now, wish.trigger(), state.live()),
                state.ledger().requested(now, state.archivedRows(), wish.rows()));
        enter(Phase.TRAINING, wish.reason(), wish.evidence());
    }

    void update(LoopState next) {
        state = next;
    }

    void enter(Phase next, String reason, Map<String, Double> evidence) {
        if (next != state.phase()) {
            transitions.add(new Transition(state.phase(), next, reason, evidence));
            state = state.entering(next, now, reason);
        }
    }

    private Cooldown rest(int rejections) {
        return Cooldown.after(rejections, policy.cooldown(), now, state.archivedRows());
    }

    private @Nullable Trigger pendingTrigger() {
        PendingRequest pending = state.request();
        Wish proposal = state.proposal();
        return pending != null ? pending.trigger() : proposal != null ? proposal.trigger() : Trigger.CONCEPT_DRIFT;
    }

    private int drifting() {
        return Math.max(Watch.drifting(state.watch().inputs(), policy.dataDrift().of()),
                Watch.drifting(state.watch().outputs(), policy.predictionDrift().of()));
    }

    private boolean isNotLive(long version) {
        return state.live() != null && state.live() != version;
    }
}

package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of {@link RetrainingLoop}: the state on its way from one observation to a decision. */
final class Turn {

    private static final int MAX_DOUBLINGS = 10;

    private final RetrainingPolicy policy;
    private final Instant now;
    private final List<Transition> transitions = new ArrayList<>();
    private LoopState state;
    private Decision.@Nullable Request request;

    Turn(LoopState state, RetrainingPolicy policy, Instant now) {
        this.state = state;
        this.policy = policy;
        this.now = now;
    }

    Decision decision() {
        return new Decision(state, transitions, request);
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
        }
        boolean drifts = window.status() == DriftEvent.Status.DRIFT;
        state = state.watching(drifts ? state.driftingWindows() + 1 : 0, state.errorWarning());
        if (!isCalm()) {
            return;
        }
        if (driftIsConfirmed()) {
            enter(Phase.DRIFT, state.driftingWindows() + " drifting windows in a row: " + window.reason(), window.evidence());
        } else if (window.status() != DriftEvent.Status.STABLE) {
            enter(Phase.WARNING, window.reason(), window.evidence());
        } else if (!state.errorWarning()) {
            enter(Phase.HEALTHY, "the newest window is stable", window.evidence());
        }
    }

    void warning(Observation.ErrorWarning warning) {
        if (isNotLive(warning.version())) {
            return;
        }
        state = state.watching(state.driftingWindows(), warning.raised());
        if (warning.raised() && state.phase() == Phase.HEALTHY) {
            enter(Phase.WARNING, "the error rate may be rising", warning.evidence());
        } else if (!warning.raised() && state.phase() == Phase.WARNING && state.driftingWindows() == 0) {
            enter(Phase.HEALTHY, "the error rate is back", warning.evidence());
        }
    }

    void alarm(Observation.ErrorAlarm alarm) {
        if (isNotLive(alarm.version()) || !policy.errorAlarm().enabled()) {
            return;
        }
        var episode = new Episode(alarm.from(), alarm.archivedRows(), 0, alarm.evidence());
        PendingRequest pending = state.request();
        if (state.phase().inTraining()) {
            if (pending != null && pending.trigger() != Trigger.CONCEPT_DRIFT) {
                state = state.inEpisode(episode);
            }
            return;
        }
        if (state.phase() == Phase.BLOCKED) {
            // Broken data make errors; the rows that count come after the fault.
            state = state.inEpisode(episode);
            return;
        }
        Episode running = state.episode();
        if (state.phase() == Phase.COLLECTING && running != null && running.step() == 0) {
            return;
        }
        state = state.inEpisode(episode);
        enter(Phase.DRIFT, "the error rate of version " + alarm.version() + " rose", alarm.evidence());
        collect();
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

    void manual(Observation.ManualRequest manual) {
        if (!state.phase().inTraining()) {
            send(new DataWindow.Last(policy.dataDrift().rows()), Trigger.MANUAL, manual.reason(), Map.of());
        }
    }

    void overdue() {
        PendingRequest pending = state.request();
        if (pending != null && !now.isBefore(pending.at().plus(policy.requestTimeout()))) {
            failed("no answer to request " + pending.id() + " within " + policy.requestTimeout());
        } else if (state.phase() == Phase.DEPLOYING && !now.isBefore(state.since().plus(policy.requestTimeout()))) {
            afterDeploy("the new version was not seen live within " + policy.requestTimeout());
        }
    }

    /** Takes every step that is now due. */
    void settle() {
        boolean resting = state.coolingDown(now);
        if (state.phase() == Phase.REJECTED && !resting) {
            enter(Phase.HEALTHY, "the cool-down is over", Map.of());
        }
        Episode episode = state.episode();
        if (state.phase() == Phase.COLLECTING && episode != null) {
            long needed = policy.errorAlarm().rowsFor(episode.step());
            if (state.rowsSinceAlarm() >= needed && (episode.step() > 0 || !resting)) {
                state = state.inEpisode(episode.nextStep());
                send(new DataWindow.Since(episode.from()), Trigger.CONCEPT_DRIFT,
                        String.format(Locale.ROOT, "error alarm at %s; %d labelled rows since", episode.from(),
                                state.rowsSinceAlarm()),
                        episode.evidence());
            }
        }
        if (state.phase() == Phase.DRIFT && driftIsConfirmed() && policy.dataDrift().enabled() && !resting) {
            send(new DataWindow.Last(policy.dataDrift().rows()), Trigger.DATA_DRIFT,
                    state.driftingWindows() + " drifting windows in a row", Map.of("windows", (double) state.driftingWindows()));
        }
    }

    private void block(String fault, Map<String, Double> evidence) {
        state = state.watching(0, state.errorWarning());
        if (!state.phase().inTraining()) {
            enter(Phase.BLOCKED, fault, evidence);
        }
    }

    /** What was collected while the data were broken is not to be trained on. */
    private void unblock(Observation.WindowJudged window) {
        Episode episode = state.episode();
        if (episode == null) {
            enter(Phase.HEALTHY, "the data are whole again", window.evidence());
        } else {
            state = state.inEpisode(new Episode(window.ended(), state.archivedRows(), 0, episode.evidence()));
            enter(Phase.DRIFT, "the data are whole again; the error alarm is not answered yet", window.evidence());
            collect();
        }
    }

    private void promoted(PendingRequest pending) {
        state = state.answered(rest(0), 0);
        if (Objects.equals(state.live(), pending.live())) {
            enter(Phase.DEPLOYING, "the candidate won and is being deployed", Map.of());
        } else {
            afterDeploy("version " + state.live() + " is live");
        }
    }

    private void serve(@Nullable Long champion, Set<Long> deployed) {
        Long before = state.live();
        state = state.serving(champion, deployed);
        Long live = state.live();
        if (live == null || live.equals(before)) {
            return;
        }
        // A new version has its own detector and baseline; what was seen of the old one says nothing about it.
        state = state.watching(0, false);
        String news = "version " + live + " is live";
        switch (state.phase()) {
            case DEPLOYING -> afterDeploy(news);
            case TRAINING, GATE -> { }
            case HEALTHY, WARNING, DRIFT, COLLECTING, BLOCKED, REJECTED -> {
                state = state.inEpisode(null);
                enter(Phase.HEALTHY, news, Map.of("version", (double) live));
            }
        }
    }

    private void afterDeploy(String news) {
        if (hasFurtherStep()) {
            enter(Phase.DEPLOYING, news, Map.of());
            collect();
        } else {
            state = state.inEpisode(null);
            enter(Phase.HEALTHY, news, Map.of());
        }
    }

    private void failed(String why) {
        int rejections = state.rejections() + 1;
        state = state.answered(rest(rejections), rejections);
        enter(Phase.REJECTED, why, Map.of());
        if (hasFurtherStep()) {
            collect();
        } else {
            state = state.inEpisode(null);
        }
    }

    private void collect() {
        Episode episode = Objects.requireNonNull(state.episode());
        long needed = policy.errorAlarm().rowsFor(episode.step());
        enter(Phase.COLLECTING, "training needs " + needed + " labelled rows since the alarm", episode.evidence());
    }

    private boolean hasFurtherStep() {
        Episode episode = state.episode();
        return episode != null && episode.step() < policy.errorAlarm().steps().size();
    }

    private void send(DataWindow window, Trigger trigger, String reason, Map<String, Double> evidence) {
        // The time keeps ids apart when a database is started anew.
        String id = state.model() + "-r" + (state.requests() + 1) + "-" + Long.toString(now.toEpochMilli(), Character.MAX_RADIX);
        request = new Decision.Request(id, window, trigger, reason, evidence);
        state = state.requested(new PendingRequest(id, now, trigger, state.live()));
        enter(Phase.TRAINING, reason, evidence);
    }

    private Cooldown rest(int rejections) {
        int doublings = Math.clamp(rejections - 1L, 0, MAX_DOUBLINGS);
        Duration time = policy.cooldown().time().multipliedBy(1L << doublings);
        Duration limit = policy.cooldown().maxTime();
        return new Cooldown(now.plus(time.compareTo(limit) > 0 ? limit : time),
                state.archivedRows() + (policy.cooldown().rows() << doublings));
    }

    private void enter(Phase next, String reason, Map<String, Double> evidence) {
        if (next != state.phase()) {
            transitions.add(new Transition(state.phase(), next, reason, evidence));
            state = state.entering(next, now, reason);
        }
    }

    private boolean isCalm() {
        return state.phase() == Phase.HEALTHY || state.phase() == Phase.WARNING || state.phase() == Phase.DRIFT;
    }

    private boolean driftIsConfirmed() {
        return state.driftingWindows() >= policy.dataDrift().windows();
    }

    private boolean isNotLive(long version) {
        return state.live() != null && state.live() != version;
    }
}

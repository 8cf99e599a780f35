package dev.tideline.monitoring.retraining;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the loop of one model remembers.
 *
 * @param since        when the phase was entered
 * @param reason       why, for people
 * @param champion     the version that should answer
 * @param deployed     versions that inference answers with
 * @param live         the newest version that was both; it stays while an instance restarts
 * @param archivedRows labelled rows that went to the dataset so far
 * @param watch        what was seen of the live version
 * @param episode      what follows the last error alarm, null when it is over
 * @param proposal     the training that waits for approval
 * @param request      the request without a final answer
 * @param cooldown     null when none runs
 * @param rejections   candidates rejected in a row
 * @param requests     requests sent so far; numbers their ids
 */
public record LoopState(
        String model, Phase phase, Instant since, String reason, @Nullable Long champion, Set<Long> deployed,
        @Nullable Long live, long archivedRows, Watch watch, Ledger ledger, @Nullable Episode episode, @Nullable Wish proposal,
        @Nullable PendingRequest request, @Nullable Cooldown cooldown, int rejections, long requests) {

    public LoopState {
        deployed = Set.copyOf(deployed);
        // States of an earlier form have neither.
        watch = watch == null ? Watch.FRESH : watch;
        ledger = ledger == null ? Ledger.EMPTY : ledger;
    }

    static LoopState initial(String model, Instant now) {
        return new LoopState(model, Phase.HEALTHY, now, "no version is live yet", null, Set.of(), null, 0, Watch.FRESH, Ledger.EMPTY, null,
                null, null, null, 0, 0);
    }

    /** Labelled rows since the alarm of the running episode, 0 without one. */
    public long rowsSinceAlarm() {
        return episode == null ? 0 : Math.max(0, archivedRows - episode.archivedAtStart());
    }

    /** Whether a candidate that passed the gate waits for a person. */
    boolean holdsCandidate() {
        return phase == Phase.APPROVAL && request != null;
    }

    /** Whether a request is on its way or its candidate waits: what else happens has to wait too. */
    boolean isBusy() {
        return phase.inTraining() || holdsCandidate();
    }

    boolean coolingDown(Instant now) {
        return cooldown != null && !cooldown.isOver(now, archivedRows);
    }

    LoopState entering(Phase next, Instant now, String why) {
        return new LoopState(model, next, now, why, champion, deployed, live, archivedRows, watch, ledger, episode, proposal, request,
                cooldown, rejections, requests);
    }

    LoopState serving(@Nullable Long newChampion, Set<Long> newDeployed, Instant now) {
        Long newLive = newChampion != null && newDeployed.contains(newChampion) ? newChampion : live;
        boolean first = live == null && newLive != null && phase == Phase.HEALTHY;
        String newReason = first ? "version " + newLive + " is live" : reason;
        boolean changed = newLive != null && !newLive.equals(live);
        // A new version has its own detector and baseline; what was seen of the old one says nothing about it.
        return new LoopState(model, phase, since, newReason, newChampion, newDeployed, newLive, archivedRows, changed ? Watch.FRESH : watch,
                changed ? ledger.live(now, archivedRows) : ledger, episode, proposal, request, cooldown, rejections, requests);
    }

    LoopState archived(long rows) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, rows, watch, ledger, episode, proposal, request,
                cooldown, rejections, requests);
    }

    LoopState watching(Watch newWatch) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, newWatch, ledger, episode, proposal,
                request, cooldown, rejections, requests);
    }

    LoopState keeping(Ledger newLedger) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, watch, newLedger, episode, proposal,
                request, cooldown, rejections, requests);
    }

    LoopState inEpisode(@Nullable Episode newEpisode) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, watch, ledger, newEpisode, proposal,
                request, cooldown, rejections, requests);
    }

    LoopState proposing(@Nullable Wish newProposal) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, watch, ledger, episode, newProposal,
                request, cooldown, rejections, requests);
    }

    LoopState requested(PendingRequest newRequest, Ledger newLedger) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, watch, newLedger, episode, null, newRequest,
                cooldown, rejections, requests + 1);
    }

    /** The request goes on from here: what it waits for has its full time. */
    LoopState renewed(PendingRequest renewed, Ledger newLedger) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, watch, newLedger, episode, null, renewed,
                cooldown, rejections, requests);
    }

    LoopState answered(Cooldown newCooldown, int newRejections, Instant now) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, watch,
                request == null ? ledger : ledger.answered(now), episode, null, null, newCooldown, newRejections, requests);
    }
}

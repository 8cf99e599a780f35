package dev.tideline.monitoring.retraining;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that the loop of one model remembers.
 *
 * @param since           when the phase was entered
 * @param reason          why, for people
 * @param champion        the version that should answer
 * @param deployed        versions that inference answers with
 * @param live            the newest version that was both; it stays while an instance restarts
 * @param archivedRows    labelled rows that went to the dataset so far
 * @param driftingWindows drifting windows of the live version in a row
 * @param errorWarning    the error detector of the live version warns
 * @param episode         what follows the last error alarm, null when it is over
 * @param request         the request without a final answer
 * @param cooldown        null when none runs
 * @param rejections      candidates rejected in a row
 * @param requests        requests sent so far; numbers their ids
 */
public record LoopState(
        String model, Phase phase, Instant since, String reason, @Nullable Long champion, Set<Long> deployed,
        @Nullable Long live, long archivedRows, int driftingWindows, boolean errorWarning, @Nullable Episode episode,
        @Nullable PendingRequest request, @Nullable Cooldown cooldown, int rejections, long requests) {

    public LoopState {
        deployed = Set.copyOf(deployed);
    }

    static LoopState initial(String model, Instant now) {
        return new LoopState(model, Phase.HEALTHY, now, "no version is live yet", null, Set.of(), null, 0, 0, false, null, null,
                null, 0, 0);
    }

    /** Labelled rows since the alarm of the running episode, 0 without one. */
    public long rowsSinceAlarm() {
        return episode == null ? 0 : Math.max(0, archivedRows - episode.archivedAtStart());
    }

    boolean coolingDown(Instant now) {
        return cooldown != null && !cooldown.isOver(now, archivedRows);
    }

    LoopState entering(Phase next, Instant now, String why) {
        return new LoopState(model, next, now, why, champion, deployed, live, archivedRows, driftingWindows, errorWarning, episode,
                request, cooldown, rejections, requests);
    }

    LoopState serving(@Nullable Long newChampion, Set<Long> newDeployed) {
        Long newLive = newChampion != null && newDeployed.contains(newChampion) ? newChampion : live;
        boolean first = live == null && newLive != null && phase == Phase.HEALTHY;
        String newReason = first ? "version " + newLive + " is live" : reason;
        return new LoopState(model, phase, since, newReason, newChampion, newDeployed, newLive, archivedRows, driftingWindows,
                errorWarning, episode, request, cooldown, rejections, requests);
    }

    LoopState archived(long rows) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, rows, driftingWindows, errorWarning, episode,
                request, cooldown, rejections, requests);
    }

    LoopState watching(int newDriftingWindows, boolean newErrorWarning) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, newDriftingWindows,
                newErrorWarning, episode, request, cooldown, rejections, requests);
    }

    LoopState inEpisode(@Nullable Episode newEpisode) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, driftingWindows, errorWarning,
                newEpisode, request, cooldown, rejections, requests);
    }

    LoopState requested(PendingRequest newRequest) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, driftingWindows, errorWarning,
                episode, newRequest, cooldown, rejections, requests + 1);
    }

    LoopState answered(Cooldown newCooldown, int newRejections) {
        return new LoopState(model, phase, since, reason, champion, deployed, live, archivedRows, driftingWindows, errorWarning,
                episode, null, newCooldown, newRejections, requests);
    }
}

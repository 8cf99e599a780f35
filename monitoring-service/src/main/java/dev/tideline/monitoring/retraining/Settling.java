package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** The end of every {@link Turn}: takes each step that is now due. */
final class Settling {

    private final Turn turn;
    private final RetrainingPolicy policy;
    private final Instant now;

    Settling(Turn turn) {
        this.turn = turn;
        this.policy = turn.policy;
        this.now = turn.now;
    }

    void settle() {
        overdue();
        pause();
        turn.blockWhenBroken(Map.of());
        if (turn.state().phase().rests() && !turn.state().coolingDown(now)) {
            turn.enter(Phase.HEALTHY, "the cool-down is over", Map.of());
        }
        if (turn.state().ledger().scheduled() == null) {
            turn.update(turn.state().keeping(turn.state().ledger().looked(now)));
        }
        if (turn.state().phase() == Phase.COLLECTING) {
            collected();
        } else if (turn.state().phase().isCalm() && turn.state().live() != null && !turn.state().coolingDown(now)) {
            new Triggers(turn.state(), policy, now).first().ifPresent(this::grant);
        }
    }

    private void overdue() {
        LoopState state = turn.state();
        PendingRequest pending = state.request();
        Wish proposal = state.proposal();
        if (pending != null && !now.isBefore(pending.at().plus(policy.requestTimeout()))) {
            String what = state.holdsCandidate() ? "nobody approved the candidate within " : "no answer to request " + pending.id() + " within ";
            turn.letGo("nobody", "not approved within " + policy.requestTimeout());
            turn.failed(what + policy.requestTimeout());
        } else if (proposal != null && !now.isBefore(proposal.at().plus(policy.requestTimeout()))) {
            turn.failed("nobody approved within " + policy.requestTimeout() + ": " + proposal.reason());
        } else if (state.phase() == Phase.DEPLOYING && !now.isBefore(state.since().plus(policy.requestTimeout()))) {
            turn.afterDeploy("the new version was not seen live within " + policy.requestTimeout());
        }
    }

    private void pause() {
        Phase phase = turn.state().phase();
        if (policy.paused() && !turn.state().isBusy() && phase != Phase.PAUSED) {
            turn.update(turn.state().proposing(null));
            turn.enter(Phase.PAUSED, "the policy is paused", Map.of());
        } else if (!policy.paused() && phase == Phase.PAUSED) {
            if (turn.hasFurtherStep()) {
                turn.enter(Phase.DRIFT, "the pause is over; the error alarm is not answered yet", Map.of());
                turn.collect();
            } else {
                turn.enter(Phase.HEALTHY, "the pause is over", Map.of());
            }
        }
    }

    private void collected() {
        LoopState state = turn.state();
        Episode episode = state.episode();
        if (episode == null || state.rowsSinceAlarm() < policy.errorAlarm().rowsFor(episode.step())
                || episode.step() == 0 && state.coolingDown(now) || state.ledger().exhausted(policy.budget(), now) != null) {
            return;
        }
        turn.update(state.inEpisode(episode.after(policy.errorAlarm().reachedBy(state.rowsSinceAlarm()))));
        grant(new Wish(now, new DataWindow.Since(episode.from()), state.rowsSinceAlarm(), Trigger.CONCEPT_DRIFT,
                String.format(Locale.ROOT, "error alarm at %s; %d labelled rows since", episode.from(), state.rowsSinceAlarm()),
                episode.evidence()));
    }

    /** Within the budget, and with a person's approval where the policy asks for one. */
    private void grant(Wish wish) {
        if (turn.state().ledger().exhausted(policy.budget(), now) != null) {
            return;
        }
        if (wish.trigger() == Trigger.SCHEDULE) {
            turn.update(turn.state().keeping(turn.state().ledger().looked(now)));
        }
        if (policy.approval()) {
            turn.propose(wish);
        } else {
            turn.send(wish);
        }
    }
}

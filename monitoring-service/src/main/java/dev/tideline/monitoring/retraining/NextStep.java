package dev.tideline.monitoring.retraining;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says for people what the loop of a model waits for. */
final class NextStep {

    private NextStep() {}

    static String of(LoopState state, RetrainingPolicy policy, Instant now) {
        return switch (state.phase()) {
            case HEALTHY -> "nothing to do";
            case WARNING -> "waiting for the next window or an error alarm";
            case DRIFT -> drifting(state, policy, now);
            case BLOCKED -> "waiting for a window without the fault: " + state.reason();
            case COLLECTING -> collecting(state, policy, now);
            case APPROVAL -> "waiting for a person to approve the " + (state.holdsCandidate() ? "candidate: " : "training: ") + state.reason();
            case TRAINING -> "waiting for training to answer request " + id(state);
            case GATE -> "waiting for the comparison with the champion, request " + id(state);
            case DEPLOYING -> "waiting for inference to answer with the new version";
            case PAUSED -> "nothing is requested while the policy is paused";
            case REJECTED, ROLLED_BACK -> "nothing is requested during the cool-down" + rest(state.cooldown());
        };
    }

    private static String collecting(LoopState state, RetrainingPolicy policy, Instant now) {
        Episode episode = state.episode();
        if (episode == null) {
            return "nothing to do";
        }
        long needed = policy.errorAlarm().rowsFor(episode.step());
        if (state.rowsSinceAlarm() < needed) {
            return String.format(Locale.ROOT, "%d of %d labelled rows since the alarm", state.rowsSinceAlarm(), needed);
        }
        return exhausted(state, policy, now, "enough labelled rows; waiting for the cool-down to end" + rest(state.cooldown()));
    }

    private static String drifting(LoopState state, RetrainingPolicy policy, Instant now) {
        if (!policy.dataDrift().enabled() && !policy.predictionDrift().enabled()) {
            return "the policy does not train on drift";
        }
        if (new Triggers(state, policy, now).errorsAreKnown(policy.dataDrift())) {
            return "labels show no rise of the error; drift alone asks for no training then";
        }
        return exhausted(state, policy, now, "training will be requested when the cool-down ends" + rest(state.cooldown()));
    }

    private static String exhausted(LoopState state, RetrainingPolicy policy, Instant now, String otherwise) {
        String spent = state.ledger().exhausted(policy.budget(), now);
        return spent == null ? otherwise : "the budget is spent: " + spent;
    }

    private static String rest(@Nullable Cooldown cooldown) {
        return cooldown == null ? "" : " at " + cooldown.until() + " or at " + cooldown.untilRows() + " archived rows";
    }

    private static String id(LoopState state) {
        return state.request() == null ? "" : state.request().id();
    }
}

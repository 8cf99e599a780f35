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
            case DRIFT -> policy.dataDrift().enabled()
                    ? "training will be requested when the cool-down ends" + rest(state.cooldown())
                    : "the policy does not train on data drift";
            case BLOCKED -> "waiting for a window without the fault: " + state.reason();
            case COLLECTING -> collecting(state, policy, now);
            case TRAINING -> "waiting for training to answer request " + id(state);
            case GATE -> "waiting for the comparison with the champion, request " + id(state);
            case DEPLOYING -> "waiting for inference to answer with the new version";
            case REJECTED -> "nothing is requested during the cool-down" + rest(state.cooldown());
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
        return "enough labelled rows; waiting for the cool-down to end" + rest(state.cooldown());
    }

    private static String rest(@Nullable Cooldown cooldown) {
        return cooldown == null ? "" : " at " + cooldown.until() + " or at " + cooldown.untilRows() + " archived rows";
    }

    private static String id(LoopState state) {
        return state.request() == null ? "" : state.request().id();
    }
}

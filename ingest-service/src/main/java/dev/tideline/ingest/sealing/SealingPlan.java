package dev.tideline.ingest.sealing;

import dev.tideline.contracts.DataWindow;
import dev.tideline.ingest.version.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides whether a rule wants a version now. */
final class SealingPlan {

    /**
     * What the decision depends on.
     *
     * @param nextDue   the first point of the schedule that nothing was decided for; null without schedule
     * @param committed records that the dataset ever had
     * @param version   number of the newest version; 0 when there is none
     * @param sealed    records that the dataset had when that version was planned
     */
    record State(SealingRule rule, @Nullable Instant nextDue, long committed, long version, long sealed) {

        long fresh() {
            return committed - sealed;
        }
    }

    sealed interface Step {

        /** @param requestId the same on every instance that sees the same state */
        record Seal(Trigger trigger, String requestId, DataWindow window, String reason) implements Step {}

        /** A point of the schedule is over and leaves no version. */
        record Skip(String reason) implements Step {}

        record Wait(String reason) implements Step {}
    }

    private SealingPlan() {}

    static Step decide(State state, Instant now) {
        SealingRule rule = state.rule();
        Schedule schedule = rule.schedule();
        Instant nextDue = state.nextDue();
        if (schedule != null && nextDue != null && !nextDue.isAfter(now)) {
            Instant due = schedule.latest(nextDue, now);
            if (state.fresh() <= 0) {
                return new Step.Skip("due at " + due + ", but " + since(state, 0));
            }
            return new Step.Seal(Trigger.SCHEDULE, "schedule/" + due, rule.window().at(due), "due at " + due + ", " + since(state, state.fresh()));
        }
        Long every = rule.everyRecords();
        if (every != null && state.fresh() >= every) {
            return new Step.Seal(Trigger.COUNT, "count/after-" + state.version(), rule.window().at(now),
                    since(state, state.fresh()) + " (every " + every + ")");
        }
        return new Step.Wait(since(state, state.fresh()) + (every == null ? "" : " of " + every));
    }

    private static String since(State state, long fresh) {
        String records = fresh == 0 ? "no new records" : fresh == 1 ? "1 new record" : fresh + " new records";
        return state.version() == 0 ? records + " and no version so far" : records + " since version " + state.version();
    }
}

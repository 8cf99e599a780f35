package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/** What a policy asks for beside answers to error alarms: drift, a low metric, the clock, new rows, age. Pure. */
final class Triggers {

    private final LoopState state;
    private final RetrainingPolicy policy;
    private final Instant now;

    Triggers(LoopState state, RetrainingPolicy policy, Instant now) {
        this.state = state;
        this.policy = policy;
        this.now = now;
    }

    /** The most pressing wish; empty when there is none. */
    Optional<Wish> first() {
        return Stream.<Supplier<@Nullable Wish>>of(this::dataDrift, this::predictionDrift, this::metricFloor, this::schedule, this::volume, this::age)
                .map(Supplier::get).filter(Objects::nonNull).findFirst();
    }

    /** Whether enough windows drifted, of inputs or of answers. */
    boolean driftIsConfirmed() {
        return confirmed(policy.dataDrift(), state.watch().inputs()) || confirmed(policy.predictionDrift(), state.watch().outputs());
    }

    /** Whether labels tell more about the live version than drift does. */
    boolean errorsAreKnown(RetrainingPolicy.Drift rule) {
        return state.archivedRows() - state.ledger().archivedAtLive() >= rule.unlessLabelled();
    }

    private @Nullable Wish predictionDrift() {
        return drift(policy.predictionDrift(), state.watch().outputs(), Trigger.PREDICTION_DRIFT, "answers");
    }

    private @Nullable Wish dataDrift() {
        return drift(policy.dataDrift(), state.watch().inputs(), Trigger.DATA_DRIFT, "inputs");
    }

    private @Nullable Wish drift(RetrainingPolicy.Drift rule, List<Boolean> windows, Trigger trigger, String what) {
        if (state.phase() != Phase.DRIFT || !rule.enabled() || !confirmed(rule, windows) || errorsAreKnown(rule)) {
            return null;
        }
        int drifting = Watch.drifting(windows, rule.of());
        return wish(rule.rows(), trigger, String.format(Locale.ROOT, "the %s drifted in %d of the last %d windows", what, drifting, rule.of()),
                Map.of("windows", (double) drifting));
    }

    private @Nullable Wish metricFloor() {
        RetrainingPolicy.MetricFloor rule = policy.metricFloor();
        if (!rule.enabled() || state.watch().belowFloor() < rule.windows()) {
            return null;
        }
        return wish(rule.rows(), Trigger.METRIC_FLOOR, String.format(Locale.ROOT, "accuracy below %s in %d windows of labels in a row, %.3f in the last",
                rule.accuracy(), state.watch().belowFloor(), state.watch().accuracy()),
                Map.of("accuracy", state.watch().accuracy(), "windows", (double) state.watch().belowFloor()));
    }

    private @Nullable Wish schedule() {
        RetrainingPolicy.Schedule rule = policy.schedule();
        Instant last = state.ledger().scheduled();
        if (!rule.enabled() || rule.cron() == null || last == null) {
            return null;
        }
        ZonedDateTime due = CronExpression.parse(rule.cron()).next(last.atZone(ZoneId.of(rule.zone())));
        return due == null || due.toInstant().isAfter(now) ? null
                : wish(rule.rows(), Trigger.SCHEDULE, "the schedule " + rule.cron() + " was due at " + due, Map.of());
    }

    private @Nullable Wish volume() {
        RetrainingPolicy.Volume rule = policy.volume();
        long fresh = state.archivedRows() - state.ledger().archivedAtTraining();
        double needed = Math.max(rule.newRows(), rule.share() * state.ledger().trainedRows());
        return !rule.enabled() || fresh < needed ? null
                : wish(rule.rows(), Trigger.VOLUME, fresh + " labelled rows since the last training", Map.of("rows", (double) fresh));
    }

    private @Nullable Wish age() {
        Instant since = state.ledger().liveSince();
        return !policy.age().enabled() || since == null || now.isBefore(since.plus(policy.age().max())) ? null
                : wish(policy.age().rows(), Trigger.AGE, "live since " + since + ", longer than " + policy.age().max(), Map.of());
    }

    private Wish wish(long rows, Trigger trigger, String reason, Map<String, Double> evidence) {
        return new Wish(now, new DataWindow.Last(rows), rows, trigger, reason, evidence);
    }

    private static boolean confirmed(RetrainingPolicy.Drift rule, List<Boolean> windows) {
        return Watch.drifting(windows, rule.of()) >= rule.windows();
    }
}

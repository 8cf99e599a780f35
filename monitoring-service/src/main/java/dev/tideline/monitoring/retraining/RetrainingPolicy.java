package dev.tideline.monitoring.retraining;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a model is trained again. JSON, with ISO-8601 durations; absent parts take the defaults.
 *
 * @param errorAlarm      what follows an alarm of the error detector
 * @param dataDrift       what follows windows with drifting inputs
 * @param predictionDrift what follows windows with drifting answers
 * @param volume          what follows many new labelled rows
 * @param age             what follows when a version has been live for long
 * @param schedule        training by the clock
 * @param metricFloor     what follows windows of labels with a low accuracy
 * @param cooldown        rest after any training
 * @param budget          what trainings may cost
 * @param approval        whether a person must approve each request before it is sent
 * @param deployApproval  whether a candidate that passed the gate waits for a person before it becomes champion
 * @param paused          whether nothing is requested but by a person
 * @param requestTimeout  a request without a final answer, or a proposal or a candidate without an approval, for this long counts as failed
 */
public record RetrainingPolicy(
        ErrorAlarm errorAlarm, Drift dataDrift, Drift predictionDrift, Volume volume, Age age, Schedule schedule, MetricFloor metricFloor,
        CooldownRule cooldown, Budget budget, boolean approval, boolean deployApproval, boolean paused, Duration requestTimeout) {

    /**
     * @param steps labelled rows since the alarm at which training is requested, ascending; each step trains on all of them
     */
    public record ErrorAlarm(boolean enabled, List<Long> steps) {
        public ErrorAlarm {
            steps = List.copyOf(steps);
        }

        /** Rows that step {@code index} needs; the last step's when a changed policy has fewer. */
        long rowsFor(int index) {
            return steps.isEmpty() ? 0 : steps.get(Math.min(index, steps.size() - 1));
        }

        /** Steps that {@code rows} are enough for. */
        int reachedBy(long rows) {
            return (int) steps.stream().filter(step -> step <= rows).count();
        }
    }

    /**
     * @param windows        drifting windows that confirm a drift
     * @param of             among so many newest windows
     * @param rows           newest records to train on
     * @param unlessLabelled from so many labelled rows of the live version on its errors are known, and drift alone no longer asks for training
     */
    public record Drift(boolean enabled, int windows, int of, long rows, long unlessLabelled) {}

    /**
     * @param newRows labelled rows since the last training
     * @param share   the same as a share of the rows of that training; the larger of both counts
     * @param rows    newest records to train on
     */
    public record Volume(boolean enabled, long newRows, double share, long rows) {}

    /**
     * @param max  how long a version may be live
     * @param rows newest records to train on
     */
    public record Age(boolean enabled, Duration max, long rows) {}

    /**
     * @param cron second, minute, hour, day of month, month, day of week, as in Spring; null while disabled
     * @param zone time zone of the expression
     * @param rows newest records to train on
     */
    public record Schedule(boolean enabled, @Nullable String cron, String zone, long rows) {}

    /**
     * @param accuracy least share of right answers
     * @param windows  windows of labels below it in a row
     * @param rows     newest records to train on
     */
    public record MetricFloor(boolean enabled, double accuracy, int windows, long rows) {}

    /**
     * @param time    length, doubled with every rejected candidate after the first
     * @param rows    archived rows that end it earlier, doubled likewise up to {@code maxRows}
     * @param maxTime limit of the doubling of time
     * @param maxRows limit of the doubling of rows; as many as {@code rows} by default, so that fresh evidence is always looked at: in a world
     *                that never stands still a doubled rest is slept through
     */
    public record CooldownRule(Duration time, long rows, Duration maxTime, long maxRows) {}

    /**
     * Over 24 hours. What a person asks for counts but is not refused.
     *
     * @param trainings requests
     * @param time      from request to answer, all requests together
     */
    public record Budget(int trainings, Duration time) {}

    RetrainingPolicy pausedIs(boolean nowPaused) {
        return new RetrainingPolicy(errorAlarm, dataDrift, predictionDrift, volume, age, schedule, metricFloor, cooldown, budget, approval,
                deployApproval, nowPaused, requestTimeout);
    }

    /** The same where there is nobody to ask: everything is approved. */
    public RetrainingPolicy unasked() {
        return new RetrainingPolicy(errorAlarm, dataDrift, predictionDrift, volume, age, schedule, metricFloor, cooldown, budget, false, false,
                paused, requestTimeout);
    }

    public static RetrainingPolicy defaults() {
        return new RetrainingPolicy(
                new ErrorAlarm(true, List.of(300L, 2_000L)),
                new Drift(true, 2, 2, 5_000, 500),
                new Drift(true, 2, 2, 5_000, 500),
                new Volume(false, 10_000, 0.5, 20_000),
                new Age(true, Duration.ofDays(30), 20_000),
                new Schedule(false, null, "UTC", 20_000),
                new MetricFloor(false, 0.5, 2, 5_000),
                new CooldownRule(Duration.ofHours(1), 1_000, Duration.ofHours(24), 1_000),
                new Budget(48, Duration.ofHours(12)),
                false, false, false, Duration.ofHours(6));
    }
}

package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When a model is trained again. JSON, with ISO-8601 durations; absent parts take the defaults.
 *
 * @param errorAlarm     what follows an alarm of the error detector
 * @param dataDrift      what follows drifting windows
 * @param cooldown       rest after any training
 * @param requestTimeout a request without a final answer for this long counts as failed
 */
public record RetrainingPolicy(ErrorAlarm errorAlarm, DataDrift dataDrift, CooldownRule cooldown, Duration requestTimeout) {

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
    }

    /**
     * @param windows drifting windows in a row that confirm a drift
     * @param rows    newest records to train on
     */
    public record DataDrift(boolean enabled, int windows, long rows) {}

    /**
     * @param time    length, doubled with every rejected candidate after the first
     * @param rows    archived rows that end it earlier, doubled likewise
     * @param maxTime limit of the doubling
     */
    public record CooldownRule(Duration time, long rows, Duration maxTime) {}

    public static RetrainingPolicy defaults() {
        return new RetrainingPolicy(
                new ErrorAlarm(true, List.of(500L, 2_000L)),
                new DataDrift(true, 2, 5_000),
                new CooldownRule(Duration.ofHours(1), 1_000, Duration.ofHours(24)),
                Duration.ofHours(6));
    }

    /** All that contradicts itself, empty when the policy can be used. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        long previous = 0;
        for (int i = 0; i < errorAlarm.steps().size(); i++) {
            long step = errorAlarm.steps().get(i);
            if (step <= previous) {
                problems.add(problem("/errorAlarm/steps/" + i, step, "above " + previous));
            }
            previous = step;
        }
        if (errorAlarm.enabled() && errorAlarm.steps().isEmpty()) {
            problems.add(problem("/errorAlarm/steps", "[]", "at least one step while the alarm is enabled"));
        }
        if (dataDrift.windows() < 1) {
            problems.add(problem("/dataDrift/windows", dataDrift.windows(), "at least 1"));
        }
        if (dataDrift.rows() < 1) {
            problems.add(problem("/dataDrift/rows", dataDrift.rows(), "at least 1"));
        }
        if (cooldown.time().isNegative()) {
            problems.add(problem("/cooldown/time", cooldown.time(), "not negative"));
        }
        if (cooldown.rows() < 0) {
            problems.add(problem("/cooldown/rows", cooldown.rows(), "not negative"));
        }
        if (cooldown.maxTime().compareTo(cooldown.time()) < 0) {
            problems.add(problem("/cooldown/maxTime", cooldown.maxTime(), "at least time, " + cooldown.time()));
        }
        if (!requestTimeout.isPositive()) {
            problems.add(problem("/requestTimeout", requestTimeout, "above zero"));
        }
        return problems;
    }

    private static Problem problem(String pointer, Object value, String expected) {
        return new Problem("INVALID_POLICY", pointer, String.valueOf(value), expected);
    }
}

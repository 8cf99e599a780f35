package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.springframework.scheduling.support.CronExpression;

/** Finds everything in a policy that cannot be, or contradicts the rest of it. */
final class PolicyCheck {

    /** Windows that a loop remembers. */
    static final int MAX_WINDOWS = 100;
    private static final int MAX_STEPS = 10;
    private static final int MAX_TRAININGS = 1_000;

    private final RetrainingPolicy policy;
    private final List<Problem> problems = new ArrayList<>();

    private PolicyCheck(RetrainingPolicy policy) {
        this.policy = policy;
    }

    /** Empty when the policy can be used. */
    static List<Problem> problems(RetrainingPolicy policy) {
        return new PolicyCheck(policy).all();
    }

    private List<Problem> all() {
        steps();
        drift("/dataDrift", policy.dataDrift());
        drift("/predictionDrift", policy.predictionDrift());
        atLeast("/volume/newRows", policy.volume().newRows(), 1);
        expect(policy.volume().share() >= 0 && policy.volume().share() <= 100, "/volume/share", policy.volume().share(), "from 0 to 100");
        rows("/volume/rows", policy.volume().rows());
        expect(policy.age().max().isPositive(), "/age/max", policy.age().max(), "above zero");
        rows("/age/rows", policy.age().rows());
        schedule(policy.schedule());
        double floor = policy.metricFloor().accuracy();
        expect(floor > 0 && floor < 1, "/metricFloor/accuracy", floor, "between 0 and 1");
        between("/metricFloor/windows", policy.metricFloor().windows(), 1, MAX_WINDOWS);
        rows("/metricFloor/rows", policy.metricFloor().rows());
        cooldown(policy.cooldown());
        budget();
        expect(policy.requestTimeout().isPositive(), "/requestTimeout", policy.requestTimeout(), "above zero");
        return List.copyOf(problems);
    }

    private void steps() {
        List<Long> steps = policy.errorAlarm().steps();
        long previous = 0;
        for (int i = 0; i < steps.size(); i++) {
            expect(steps.get(i) > previous, "/errorAlarm/steps/" + i, steps.get(i), "above " + previous);
            previous = steps.get(i);
        }
        expect(steps.size() <= MAX_STEPS, "/errorAlarm/steps", steps.size() + " steps", "at most " + MAX_STEPS);
        expect(!policy.errorAlarm().enabled() || !steps.isEmpty(), "/errorAlarm/steps", "[]", "at least one step while the alarm is enabled");
    }

    private void drift(String at, RetrainingPolicy.Drift drift) {
        between(at + "/windows", drift.windows(), 1, MAX_WINDOWS);
        between(at + "/of", drift.of(), Math.max(1, drift.windows()), MAX_WINDOWS);
        rows(at + "/rows", drift.rows());
        atLeast(at + "/unlessLabelled", drift.unlessLabelled(), 0);
    }

    private void schedule(RetrainingPolicy.Schedule schedule) {
        rows("/schedule/rows", schedule.rows());
        String cron = schedule.cron();
        if (cron == null) {
            expect(!schedule.enabled(), "/schedule/cron", "null", "an expression such as 0 0 3 * * * while the schedule is enabled");
        } else if (!CronExpression.isValidExpression(cron)) {
            expect(false, "/schedule/cron", cron, "second, minute, hour, day of month, month and day of week, such as 0 0 3 * * *");
        }
        try {
            ZoneId.of(schedule.zone());
        } catch (DateTimeException unknown) {
            expect(false, "/schedule/zone", schedule.zone(), "a time zone such as UTC or Europe/Vienna");
        }
    }

    private void cooldown(RetrainingPolicy.CooldownRule cooldown) {
        expect(!cooldown.time().isNegative(), "/cooldown/time", cooldown.time(), "not negative");
        expect(cooldown.rows() >= 0, "/cooldown/rows", cooldown.rows(), "not negative");
        expect(cooldown.maxTime().compareTo(cooldown.time()) >= 0, "/cooldown/maxTime", cooldown.maxTime(), "at least time, " + cooldown.time());
        atLeast("/cooldown/maxRows", cooldown.maxRows(), cooldown.rows());
    }

    private void budget() {
        int least = policy.errorAlarm().enabled() ? Math.max(1, policy.errorAlarm().steps().size()) : 1;
        int trainings = policy.budget().trainings();
        String why = least > 1 ? least + " to " + MAX_TRAININGS + ", as an error alarm leads to " + least + " trainings" : "1 to " + MAX_TRAININGS;
        expect(trainings >= least && trainings <= MAX_TRAININGS, "/budget/trainings", trainings, why);
        Duration time = policy.budget().time();
        expect(time.isPositive(), "/budget/time", time, "above zero");
    }

    private void rows(String at, long rows) {
        atLeast(at, rows, 1);
    }

    private void atLeast(String at, long value, long least) {
        expect(value >= least, at, value, "at least " + least);
    }

    private void between(String at, long value, long least, long most) {
        expect(value >= least && value <= most, at, value, least + " to " + most);
    }

    private void expect(boolean holds, String at, Object value, String expected) {
        if (!holds) {
            problems.add(new Problem("INVALID_POLICY", at, String.valueOf(value), expected));
        }
    }
}

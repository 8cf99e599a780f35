package dev.tideline.monitoring.retraining;

import java.time.Duration;
import java.time.Instant;

/** No request before {@code until} or {@code untilRows} archived rows, whichever comes first. */
public record Cooldown(Instant until, long untilRows) {

    private static final int MAX_DOUBLINGS = 10;

    /**
     * The rest after an answer.
     *
     * @param rejections in a row, this one included; 0 after a candidate that won
     */
    static Cooldown after(int rejections, RetrainingPolicy.CooldownRule rule, Instant now, long archivedRows) {
        int doublings = Math.clamp(rejections - 1L, 0, MAX_DOUBLINGS);
        Duration time = rule.time().multipliedBy(1L << doublings);
        return new Cooldown(now.plus(time.compareTo(rule.maxTime()) > 0 ? rule.maxTime() : time),
                archivedRows + Math.min(rule.maxRows(), rule.rows() << doublings));
    }

    boolean isOver(Instant now, long archivedRows) {
        return !now.isBefore(until) || archivedRows >= untilRows;
    }
}

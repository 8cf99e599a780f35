package dev.tideline.monitoring.retraining;

import java.time.Instant;

/** No request before {@code until} or {@code untilRows} archived rows, whichever comes first. */
public record Cooldown(Instant until, long untilRows) {

    boolean isOver(Instant now, long archivedRows) {
        return !now.isBefore(until) || archivedRows >= untilRows;
    }
}

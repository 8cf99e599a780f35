package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.TrainingRequest.Trigger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A training request that has no final answer yet.
 *
 * @param live version that answered when it was sent, null when none did
 */
public record PendingRequest(String id, Instant at, Trigger trigger, @Nullable Long live) {

    /** Counts its time from {@code now}. */
    PendingRequest at(Instant now) {
        return new PendingRequest(id, now, trigger, live);
    }
}

package dev.tideline.ingest.sealing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a rule's last turn.
 *
 * @param version the version that was sealed; null unless {@code SEALED}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Decision(Instant at, Outcome outcome, String reason, @Nullable Long version) {

    enum Outcome {
        SEALED,
        /** A point of the schedule passed without new records. */
        SKIPPED,
        /** It did not work out and is tried again. */
        FAILED
    }
}

package dev.tideline.ingest.version;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody uses a version: it is not given up.
 *
 * @param owner     who, such as {@code job:…} or {@code model:…}; one pin per owner and version
 * @param expiresAt until when; null until the owner takes it away
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Pin(String owner, String reason, Instant pinnedAt, @Nullable Instant expiresAt) {

    boolean holds(Instant now) {
        return expiresAt == null || expiresAt.isAfter(now);
    }
}

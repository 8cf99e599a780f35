package dev.tideline.ingest.version;

import java.time.Instant;
import java.util.List;

/**
 * A version whose content is kept.
 *
 * @param pins that hold
 */
public record VersionAge(long version, Instant sealedAt, long records, List<Pin> pins) {

    public VersionAge {
        pins = List.copyOf(pins);
    }
}

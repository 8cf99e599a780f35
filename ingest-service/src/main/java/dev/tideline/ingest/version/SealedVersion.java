package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An immutable dataset version.
 *
 * @param splits    records by split
 * @param manifest  path of its manifest, relative to the storage root
 * @param retiredAt when its content was given up; null while it is kept
 * @param committed records that the dataset ever had when this version was planned
 */
record SealedVersion(
        String dataset, long version, String requestId, DataWindow window, long records, SortedMap<String, Long> splits,
        int schemaVersion, String contentHash, String manifest, Instant sealedAt,
        @Nullable Instant retiredAt, Trigger trigger, long committed) {}

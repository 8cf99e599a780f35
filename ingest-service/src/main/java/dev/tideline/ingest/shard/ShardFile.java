package dev.tideline.ingest.shard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A committed TFRecord file. Its records are in offset order and never change.
 *
 * @param path          relative to the storage root, with '/'
 * @param split         the split that all its records belong to; null when the split goes by time
 * @param firstOffset   first offset of the shard; with a split by key, the offsets are spread over two files
 * @param checksum      of all its bytes, as {@link dev.tideline.storage.Checksums} writes it
 * @param sha256        of all its bytes; null while nobody has asked for it
 * @param schemaVersion version of the schema that its records were checked against
 */
public record ShardFile(
        long id, String path, @Nullable String split, int partition, long firstOffset, long lastOffset, long bytes,
        String checksum, @Nullable String sha256, int schemaVersion, Instant minTime, TimeIndex times) {

    /** Records in the file. */
    public long records() {
        return times.records();
    }
}

package dev.tideline.ingest.version;

import java.time.Instant;

/**
 * A part of a version: {@code take} records of a file after the first {@code skip}.
 *
 * @param path        of the file, relative to the storage root
 * @param firstOffset first Kafka offset of the shard that the file belongs to
 */
record VersionFile(
        String split, int ordinal, String path, long bytes, String sha256, long skip, long take, int partition, long firstOffset,
        long lastOffset, int schemaVersion, Instant committedAt) {}

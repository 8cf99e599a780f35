package dev.tideline.ingest.version;

import org.jspecify.annotations.Nullable;

/**
 * A part of a version: {@code take} records of a file after the first {@code skip}.
 *
 * @param path        of the file, relative to the storage root
 * @param checksum    of the whole file
 * @param records     in the whole file
 * @param part        where the slice lies in the file; null when that was never measured
 * @param firstOffset first Kafka offset of the shard that the file belongs to
 */
record VersionFile(
        String split, int ordinal, String path, String checksum, long records, long skip, long take, @Nullable SliceBytes part, int partition,
        long firstOffset, long lastOffset, int schemaVersion) {}

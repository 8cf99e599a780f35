package dev.tideline.ingest.shard;

import dev.tideline.features.DatasetStatistics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of offsets whose files are finished and wait for their commit.
 *
 * @param fromOffset offset that the database must still be at
 * @param nextOffset offset that it moves to
 * @param first      offset of the first record in the files; meaningless without files
 * @param last       offset of the last record in the files
 * @param rejected   records of the run that went to the reject topic
 * @param files      empty when every record was rejected
 */
record FinishedShard(
        String dataset, int schemaVersion, int partition, long fromOffset, long nextOffset, long first, long last, long rejected,
        List<FinishedShard.File> files) {

    /**
     * @param draft    where its bytes lie on this machine until they are published
     * @param path     key in the storage
     * @param checksum as {@link dev.tideline.storage.Checksums} writes it
     */
    record File(
            Path draft, String path, @Nullable String split, long bytes, String checksum, Instant minTime, TimeIndex times,
            DatasetStatistics statistics) {}

    long records() {
        return files.stream().mapToLong(file -> file.times().records()).sum();
    }

    long bytes() {
        return files.stream().mapToLong(File::bytes).sum();
    }
}

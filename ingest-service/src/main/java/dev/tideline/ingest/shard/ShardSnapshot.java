package dev.tideline.ingest.shard;

import java.util.List;

/**
 * A dataset's committed files at one moment.
 *
 * @param files     in the order of partition and offset
 * @param committed records that were ever committed, among them those that retention has dropped since
 */
public record ShardSnapshot(List<ShardFile> files, long committed) {

    public ShardSnapshot {
        files = List.copyOf(files);
    }
}

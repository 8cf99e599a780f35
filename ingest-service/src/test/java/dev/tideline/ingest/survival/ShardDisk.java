package dev.tideline.ingest.survival;

import java.nio.file.Path;
import java.util.List;

/** A disk for shards that really gets full. */
sealed interface ShardDisk extends AutoCloseable permits MemoryDisk, LimitedFiles {

    /** A small disk of its own where this machine lets us have one, else a limit that needs no right at all. */
    static ShardDisk open(Path folder) {
        ShardDisk disk = Boolean.getBoolean("tideline.disk.limit") ? null : MemoryDisk.mount();
        return disk == null ? new LimitedFiles(folder) : disk;
    }

    Path root();

    /** From now on no write of these processes succeeds. */
    void fill(List<Instance> writers);

    void free(List<Instance> writers);

    /** Whether a partition that waits says that it waits for this. */
    boolean isReason(String why);

    @Override
    void close();
}

package dev.tideline.ingest.version;

import dev.tideline.ingest.shard.ShardFile;

/** {@code take} records of a file after skipping {@code skip}. */
record FileSlice(ShardFile file, long skip, long take) {

    boolean whole() {
        return take == file.records();
    }

    /** The newest records of this slice, without the first {@code more}. */
    FileSlice skipping(long more) {
        return new FileSlice(file, skip + more, take - more);
    }

    /** The oldest {@code count} records of this slice. */
    FileSlice first(long count) {
        return new FileSlice(file, skip, count);
    }
}

package dev.tideline.ingest.shard;

import dev.tideline.starter.error.ErrorCode;

/** What can go wrong on the way to a committed shard. */
enum ShardError implements ErrorCode {

    /** Acknowledged records are not in committed files yet. */
    NOT_FLUSHED;

    @Override
    public int status() {
        return 503;
    }
}

package dev.tideline.ingest.shard;

import dev.tideline.storage.StorageUnavailableException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Gets one finished shard into storage and database: published first, then committed. Tried as often as it takes. */
final class Settlement {

    /** How far a try got. */
    sealed interface Outcome {

        /** The upload is under way. */
        record Uploading() implements Outcome {}

        record Committed() implements Outcome {}

        /** Storage or database are away; the shard is as good as before. */
        record Waiting(String why) implements Outcome {}

        /** It will never be committed, and its files are gone. */
        record Lost(String why) implements Outcome {}
    }

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final FinishedShard shard;
    private final ShardFolder folder;
    private final JdbcShards shards;
    private final ShardMeters meters;
    private @Nullable CompletableFuture<Void> publication;

    Settlement(FinishedShard shard, ShardFolder folder, JdbcShards shards, ShardMeters meters) {
        this.shard = shard;
        this.folder = folder;
        this.shards = shards;
        this.meters = meters;
    }

    /** Where reading goes on behind the shard. */
    long nextOffset() {
        return shard.nextOffset();
    }

    /** Goes as far as it can without waiting. */
    Outcome attempt() {
        if (publication == null) {
            publication = folder.publish(shard.files());
        }
        return switch (publication.state()) {
            case RUNNING -> new Outcome.Uploading();
            case SUCCESS -> commit();
            case FAILED -> failed(publication.exceptionNow());
            case CANCELLED -> throw new IllegalStateException("an upload was cancelled (expected: nobody does that)");
        };
    }

    private Outcome failed(Throwable failure) {
        publication = null;
        if (failure instanceof StorageUnavailableException unavailable) {
            log.warn("Files of {}-{} up to offset {} wait for the storage: {}", shard.dataset(), shard.partition(), shard.nextOffset(),
                    unavailable.getMessage());
            return new Outcome.Waiting("a file waits for the storage: " + unavailable.getMessage());
        }
        folder.discard(shard.files());
        return new Outcome.Lost("a file could not be published: " + failure);
    }

    private Outcome commit() {
        try {
            folder.touch(shard.files());
            return switch (shards.commit(shard)) {
                case DONE -> {
                    meters.committed(shard);
                    yield new Outcome.Committed();
                }
                case FENCED -> {
                    folder.delete(shard.files());
                    meters.fenced();
                    yield new Outcome.Lost("another writer moved the partition on from offset " + shard.fromOffset());
                }
                case SWEPT -> {
                    folder.delete(shard.files());
                    yield new Outcome.Lost("a finished file was swept away before its commit");
                }
            };
        } catch (DataAccessException | TransactionException unavailable) {
            log.warn("Commit of {}-{} up to offset {} waits for PostgreSQL: {}", shard.dataset(), shard.partition(), shard.nextOffset(),
                    unavailable.getMessage());
            return new Outcome.Waiting("a commit waits for PostgreSQL: " + unavailable.getMessage());
        } catch (UncheckedIOException unavailable) {
            return new Outcome.Waiting("a commit waits for the storage: " + unavailable.getCause().getMessage());
        }
    }

    /** Whether an upload is under way. */
    boolean uploading() {
        return publication != null && !publication.isDone();
    }

    /** Waits for the upload, however it ends. */
    void await(Duration wait) {
        if (publication == null) {
            return;
        }
        try {
            publication.get(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException unfinished) {
            // Seen by the next attempt.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives the shard up. A published file stays for the sweeper: its commit may have happened. */
    void discard() {
        folder.discard(shard.files());
    }
}

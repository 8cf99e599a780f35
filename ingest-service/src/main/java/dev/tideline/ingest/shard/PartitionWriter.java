package dev.tideline.ingest.shard;

import dev.tideline.contracts.Problem;
import dev.tideline.features.Schema;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.rejects.RejectBatch;
import dev.tideline.ingest.rejects.Rejects;
import dev.tideline.ingest.shard.RollPolicy.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Writes the shards of one partition. Its truth is the offset in the database: whatever fails, it drops what is not committed and
 * reads again from there, after a pause. A shard whose upload or commit could not be tried or whose answer was lost is kept and tried
 * again, so that an outage of storage or database costs no work; no record is taken in meanwhile, so it costs no more disk either.
 */
final class PartitionWriter {

    private static final Logger log = LoggerFactory.getLogger(PartitionWriter.class);
    private static final Duration REJECTS_TIMEOUT = Duration.ofSeconds(20);

    private final int partition;
    private final ShardFolder folder;
    private final JdbcShards shards;
    private final Rejects rejects;
    private final RollPolicy policy;
    private final ShardMeters meters;
    private final LongSupplier nanoTime;
    private final Patience patience;

    private Admission admission;
    private @Nullable ShardDraft draft;
    private @Nullable RejectBatch rejected;
    private @Nullable Settlement pending;
    private long committed = -1;
    private long taken;
    private long since;

    PartitionWriter(
            Dataset dataset, int partition, ShardFolder folder, JdbcShards shards, Rejects rejects, RollPolicy policy, Duration retry,
            ShardMeters meters, LongSupplier nanoTime) {
        this.admission = new Admission(dataset);
        this.partition = partition;
        this.folder = folder;
        this.shards = shards;
        this.rejects = rejects;
        this.policy = policy;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.patience = new Patience(dataset.name(), partition, retry, meters, nanoTime);
    }

    /** While true, records are not taken in; {@link #revive} has to be called from time to time. */
    boolean blocked() {
        return committed < 0 || pending != null;
    }

    /** Where reading goes on after a block. */
    long resumeAt() {
        return pending == null ? Math.max(committed, 0) : pending.nextOffset();
    }

    /** Everything before this offset is in the database; -1 while unknown. */
    long committed() {
        return committed;
    }

    /** Records accepted from now on are checked against this form of the dataset. */
    void use(Dataset dataset) {
        if (!admission.dataset().equals(dataset)) {
            admission = new Admission(dataset);
        }
    }

    /** Takes the next record in. After it, the writer may be blocked; a blocked one leaves it alone, and it is handed in again. */
    void write(ConsumerRecord<byte[], byte[]> record) {
        if (blocked()) {
            return;
        }
        if (draft != null && !draft.schema().equals(schema())) {
            // A file holds records of one schema. When this commit has to wait, the record is handed in again.
            roll(record.offset(), Decision.SCHEMA);
            if (blocked()) {
                return;
            }
        }
        if (taken == 0) {
            since = nanoTime.getAsLong();
        }
        taken++;
        try {
            switch (admit(record)) {
                case Admission.Accepted accepted -> draft().write(record.offset(), accepted);
                case Admission.Rejected(var problems) -> rejects().send(record, problems);
            }
        } catch (IOException failure) {
            abandon("a record could not be written: " + failure);
            return;
        } catch (KafkaException refused) {
            abandon("Kafka did not take a reject: " + refused);
            return;
        }
        Decision decision = policy.decide(bytes(), taken, Duration.ZERO, false);
        if (decision != Decision.KEEP) {
            roll(record.offset() + 1, decision);
        }
    }

    /**
     * Rolls if it is time to.
     *
     * @param position offset of the next record to come; all before it have been handed in
     * @param flushTo  offset that somebody waits for
     */
    void maintain(long position, long flushTo) {
        if (blocked()) {
            return;
        }
        if (position <= committed) {
            patience.idles();
            return;
        }
        long now = nanoTime.getAsLong();
        if (taken == 0) {
            // Only transaction markers or aborted records so far: the offset moves all the same.
            taken = 1;
            since = now;
        }
        boolean awaited = flushTo > committed && position >= flushTo;
        Decision decision = policy.decide(bytes(), taken, Duration.ofNanos(now - since), awaited);
        if (decision != Decision.KEEP) {
            roll(position, decision);
        }
    }

    /** Whether it is time for another try to end a block. */
    boolean due() {
        return blocked() && patience.due();
    }

    /** Tries to end a block: publishes and commits what is pending, or asks the database where to start. */
    void revive() {
        if (!due()) {
            return;
        }
        if (pending != null) {
            settle(pending);
            return;
        }
        try {
            committed = shards.nextOffset(admission.dataset().name(), partition);
        } catch (DataAccessException | TransactionException unavailable) {
            patience.waits("PostgreSQL does not tell where to start: " + unavailable.getMessage());
        }
    }

    /** Stays blocked for a while, and says why. */
    void waits(String why) {
        patience.waits(why);
    }

    /** Closes what there is, since the partition goes to somebody else: uploads of several partitions then go side by side. */
    void close(long position) {
        if (!blocked() && position > committed && taken > 0) {
            roll(position, Decision.FLUSH);
        } else if (pending != null) {
            settle(pending);
        }
    }

    /** Commits what was closed, or drops it. */
    void handOver(Duration wait) {
        if (pending != null && pending.uploading()) {
            pending.await(wait);
            settle(pending);
        }
        drop();
    }

    /** Drops what is not committed. */
    void drop() {
        if (draft != null) {
            draft.discard();
        }
        if (pending != null) {
            pending.discard();
        }
        draft = null;
        rejected = null;
        pending = null;
        taken = 0;
        committed = -1;
    }

    private void roll(long next, Decision decision) {
        try {
            if (rejected != null && !rejected.await(REJECTS_TIMEOUT)) {
                abandon("Kafka did not take " + rejected.size() + " rejects within " + REJECTS_TIMEOUT.toSeconds() + " s");
                return;
            }
            FinishedShard shard = finish(next, rejected == null ? 0 : rejected.size());
            draft = null;
            rejected = null;
            taken = 0;
            pending = new Settlement(shard, folder, shards, meters);
            meters.rolled(decision);
            settle(pending);
        } catch (IOException failure) {
            draft = null;
            abandon("a file could not be finished: " + failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            abandon("the writer was interrupted");
        }
    }

    private FinishedShard finish(long next, long rejects) throws IOException {
        if (draft != null) {
            return draft.finish(committed, next, rejects);
        }
        return new FinishedShard(admission.dataset().name(), schema().version(), partition, committed, next, next, next, rejects, List.of());
    }

    private void settle(Settlement settlement) {
        switch (settlement.attempt()) {
            case Settlement.Outcome.Uploading uploading -> { }
            case Settlement.Outcome.Committed done -> {
                committed = settlement.nextOffset();
                pending = null;
                patience.works();
            }
            case Settlement.Outcome.Waiting(String why) -> patience.waits(why);
            case Settlement.Outcome.Lost(String why) -> {
                pending = null;
                abandon(why);
            }
        }
    }

    /** Drops what is not committed, and reads it again after a pause. */
    void abandon(String why) {
        log.warn("Dropping uncommitted records of {}-{} to read them again: {}", admission.dataset().name(), partition, why);
        meters.abandoned();
        drop();
        patience.failed(why);
    }

    private Admission.Outcome admit(ConsumerRecord<byte[], byte[]> record) {
        try {
            return admission.admit(record);
        } catch (RuntimeException fault) {
            // A record that trips over a fault of this service must not stop the partition for all that come after it.
            log.error("Rejecting {}-{} offset {}", record.topic(), record.partition(), record.offset(), fault);
            return new Admission.Rejected(List.of(new Problem("INTERNAL", "", fault.getClass().getSimpleName(), "a record that can be checked")));
        }
    }

    private ShardDraft draft() {
        if (draft == null) {
            draft = new ShardDraft(folder, admission.dataset().name(), schema(), partition);
        }
        return draft;
    }

    private RejectBatch rejects() {
        if (rejected == null) {
            rejected = rejects.batch(admission.dataset().name());
        }
        return rejected;
    }

    private long bytes() {
        return draft == null ? 0 : draft.bytes();
    }

    private Schema schema() {
        return admission.dataset().schema();
    }
}

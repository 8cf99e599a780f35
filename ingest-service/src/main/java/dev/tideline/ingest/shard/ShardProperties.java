package dev.tideline.ingest.shard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param writers      threads that read topics and write files; each is a member of the consumer group. With none, this instance takes
 *                     records in and answers questions, and leaves the files to others
 * @param group        consumer group of all instances
 * @param instance     name of this instance in the consumer group; with one, a restarted instance gets its partitions back at once,
 *                     without it they wait until the group has given the old one up. No two instances may share a name
 * @param maxBytes     bytes after which a file is committed
 * @param maxRecords   records after which a file is committed
 * @param maxAge       age after which a file is committed
 * @param flushPoll    how often writers look whether somebody waits for a commit
 * @param flushTimeout how long a flush waits for the writers, and for open transactions in front of acknowledged records
 * @param retry        pause before a partition that failed is tried again
 * @param orphanAge    age at which a file unknown to the database is removed
 * @param sweepEvery   how often such files are looked for
 */
@Validated
@ConfigurationProperties("tideline.ingest.shard")
record ShardProperties(
        @DefaultValue("1") @Min(0) @Max(64) int writers,
        @DefaultValue("tideline-ingest") String group,
        @Nullable String instance,
        @DefaultValue("128MB") DataSize maxBytes,
        @DefaultValue("1000000") @Min(1) long maxRecords,
        @DefaultValue("60s") Duration maxAge,
        @DefaultValue("200ms") Duration flushPoll,
        @DefaultValue("30s") Duration flushTimeout,
        @DefaultValue("1s") Duration retry,
        @DefaultValue("15m") Duration orphanAge,
        @DefaultValue("5m") Duration sweepEvery) {

    RollPolicy policy() {
        return new RollPolicy(maxBytes.toBytes(), maxRecords, maxAge);
    }
}

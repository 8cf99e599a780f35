package dev.tideline.ingest.shard;

import dev.tideline.contracts.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What other threads and instances wait for, as the database tells it now and then. Used by one thread. */
final class FlushRequests {

    private final JdbcShards shards;
    private final Duration every;
    private final LongSupplier nanoTime;
    private Map<TopicPartition, Long> current = Map.of();
    private long nextLook;

    FlushRequests(JdbcShards shards, Duration every, LongSupplier nanoTime) {
        this.shards = shards;
        this.every = every;
        this.nanoTime = nanoTime;
        this.nextLook = nanoTime.getAsLong();
    }

    Map<TopicPartition, Long> current() {
        long now = nanoTime.getAsLong();
        if (now - nextLook >= 0) {
            current = look();
            nextLook = now + every.toNanos();
        }
        return current;
    }

    private Map<TopicPartition, Long> look() {
        try {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            shards.flushRequests().forEach((dataset, partitions) -> partitions.forEach(
                    (partition, offset) -> offsets.put(new TopicPartition(Topics.records(dataset), partition), offset)));
            return offsets;
        } catch (DataAccessException | TransactionException unavailable) {
            return Map.of();
        }
    }
}

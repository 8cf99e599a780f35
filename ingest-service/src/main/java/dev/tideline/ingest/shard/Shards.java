package dev.tideline.ingest.shard;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.StatisticsCodec;
import dev.tideline.ingest.dataset.Dataset;
import dev.tideline.ingest.dataset.RecordCounts;
import dev.tideline.ingest.dataset.TopicWatch;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** The door to committed shards, for dataset versions and whoever shows them. */
@Service
public final class Shards implements RecordCounts {

    private static final long LOOK_EVERY_MS = 50;
    private static final Duration MARKERS = Duration.ofSeconds(5);

    private final JdbcShards shards;
    private final TopicWatch topics;
    private final Admin admin;
    private final JsonMapper json;
    private final Duration flushTimeout;

    Shards(JdbcShards shards, TopicWatch topics, Admin admin, JsonMapper json, ShardProperties properties) {
        this.shards = shards;
        this.topics = topics;
        this.admin = admin;
        this.json = json;
        this.flushTimeout = properties.flushTimeout();
    }

    @Override
    public Counts of(String dataset) {
        return shards.counts(dataset);
    }

    /** Committed files of a dataset in the order of partition and offset, with the count of records that belongs to them. */
    public ShardSnapshot snapshot(String dataset) {
        return shards.snapshot(dataset);
    }

    /** Statistics of files, by file id. */
    public Map<Long, DatasetStatistics> statistics(Collection<Long> ids) {
        Map<Long, DatasetStatistics> statistics = new HashMap<>();
        shards.statistics(ids).forEach((id, text) -> statistics.put(id, StatisticsCodec.read(json.readTree(text))));
        return statistics;
    }

    /**
     * Returns when every record that was acknowledged before this call is in a committed file or was rejected; fails with
     * {@code NOT_FLUSHED} when that takes too long.
     */
    public void flush(Dataset dataset) {
        topics.check(dataset);
        long deadline = System.nanoTime() + flushTimeout.toNanos();
        Map<Integer, Long> ends = ends(dataset);
        shards.requestFlush(dataset.name(), ends);
        while (true) {
            Map<Integer, Long> committed = shards.nextOffsets(dataset.name());
            long missing = ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L))).sum();
            if (missing == 0) {
                return;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw new TidelineException(ShardError.NOT_FLUSHED, "dataset: " + dataset.name() + " has " + missing
                        + " offsets that are not in committed files (expected: none after " + flushTimeout.toSeconds() + " s)");
            }
            sleep();
        }
    }

    /**
     * A transaction is acknowledged before its markers are on the topic, so the stable end is waited for; but only a moment, since
     * a transaction that stays open has acknowledged nothing.
     */
    private Map<Integer, Long> ends(Dataset dataset) {
        long deadline = System.nanoTime() + MARKERS.toNanos();
        Map<Integer, Long> written = ends(dataset, IsolationLevel.READ_UNCOMMITTED);
        Map<Integer, Long> stable = ends(dataset, IsolationLevel.READ_COMMITTED);
        while (isBehind(stable, written) && System.nanoTime() - deadline < 0) {
            sleep();
            stable = ends(dataset, IsolationLevel.READ_COMMITTED);
        }
        return stable;
    }

    private static boolean isBehind(Map<Integer, Long> stable, Map<Integer, Long> written) {
        return written.entrySet().stream().anyMatch(end -> stable.getOrDefault(end.getKey(), 0L) < end.getValue());
    }

    private Map<Integer, Long> ends(Dataset dataset, IsolationLevel isolation) {
        Map<TopicPartition, OffsetSpec> wanted = IntStream.range(0, dataset.partitions())
                .mapToObj(partition -> new TopicPartition(dataset.topic(), partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        try {
            Map<Integer, Long> ends = new HashMap<>();
            admin.listOffsets(wanted, new ListOffsetsOptions(isolation)).all()
                    .get(flushTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
            return ends;
        } catch (ExecutionException | TimeoutException failure) {
            throw new TidelineException(CommonError.BROKER_UNAVAILABLE,
                    "topic: " + dataset.topic() + " (expected: Kafka tells its end within " + flushTimeout.toSeconds() + " s)", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TidelineException(CommonError.UNAVAILABLE, "the service is stopping", interrupted);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK_EVERY_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TidelineException(CommonError.UNAVAILABLE, "the service is stopping", interrupted);
        }
    }
}

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
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** The door to committed shards, for dataset versions and whoever shows them. */
@Service
public final class Shards implements RecordCounts {

    private static final long LOOK_EVERY_MS = 50;

    private final JdbcShards shards;
    private final TopicWatch topics;
    private final TopicEnds topicEnds;
    private final JsonMapper json;
    private final Duration flushTimeout;

    Shards(JdbcShards shards, TopicWatch topics, TopicEnds topicEnds, JsonMapper json, ShardProperties properties) {
        this.shards = shards;
        this.topics = topics;
        this.topicEnds = topicEnds;
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
     * {@code NOT_FLUSHED} when that takes too long. Readers see nothing behind an open transaction, also not what others had acknowledged
     * there, so it is waited for until it ends: one whose producer was killed, until the broker aborts it.
     */
    public void flush(Dataset dataset) {
        topics.check(dataset);
        long deadline = System.nanoTime() + flushTimeout.toNanos();
        Map<Integer, Long> ends = topicEnds.written(dataset);
        shards.requestFlush(dataset.name(), ends);
        while (true) {
            Map<Integer, Long> committed = shards.nextOffsets(dataset.name());
            long missing = ends.entrySet().stream()
                    .mapToLong(end -> Math.max(0, end.getValue() - committed.getOrDefault(end.getKey(), 0L))).sum();
            if (missing == 0) {
                return;
            }
            if (System.nanoTime() - deadline >= 0) {
                throw notFlushed(dataset, ends, missing);
            }
            sleep();
        }
    }

    private TidelineException notFlushed(Dataset dataset, Map<Integer, Long> ends, long missing) {
        String message = "dataset: " + dataset.name() + " has " + missing + " offsets that are not in committed files (expected: none after "
                + flushTimeout.toSeconds() + " s)";
        List<String> obstacles = topicEnds.obstacles(dataset, ends);
        return new TidelineException(ShardError.NOT_FLUSHED, obstacles.isEmpty() ? message : message + "; " + String.join("; ", obstacles));
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

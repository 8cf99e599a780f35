package dev.tideline.ingest.shard;

import dev.tideline.features.StatisticsCodec;
import dev.tideline.ingest.dataset.RecordCounts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Shards and the offsets that they reach to, moved together. */
@Component
final class JdbcShards {

    enum Commit {
        DONE,
        /** Somebody else moved the partition's offset: its new owner, while this writer thought that it was the owner. */
        FENCED,
        /** A sweeper took a file for left over: this process stood still, or a clock jumped. */
        SWEPT
    }

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final TransactionTemplate oneMoment;
    private final InstantSource clock;
    private final ShardFolder folder;

    JdbcShards(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock, ShardFolder folder) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.oneMoment = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()), transaction);
        oneMoment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        oneMoment.setReadOnly(true);
        this.clock = clock;
        this.folder = folder;
    }

    /** The offset that reading starts from. */
    long nextOffset(String dataset, int partition) {
        jdbc.sql("insert into partition_progress (dataset, partition) values (?, ?) on conflict do nothing")
                .params(dataset, partition).update();
        return jdbc.sql("select next_offset from partition_progress where dataset = ? and partition = ?")
                .params(dataset, partition).query(Long.class).single();
    }

    /**
     * Commits a shard whose files are published. May be repeated when the outcome of the first try is unknown.
     *
     * @throws java.io.UncheckedIOException when the storage does not tell whether the files are there
     */
    Commit commit(FinishedShard shard) {
        return transaction.execute(status -> {
            if (!moveOffset(shard)) {
                return isCommitted(shard) ? Commit.DONE : Commit.FENCED;
            }
            // The moved row is locked until the end, and sweepers lock it too: what is there now stays there.
            if (!folder.holds(shard.files())) {
                status.setRollbackOnly();
                return Commit.SWEPT;
            }
            if (!shard.files().isEmpty()) {
                insert(shard);
            }
            return Commit.DONE;
        });
    }

    private boolean moveOffset(FinishedShard shard) {
        return jdbc.sql("""
                update partition_progress
                   set next_offset = ?, committed = committed + ?, rejected = rejected + ?
                 where dataset = ? and partition = ? and next_offset = ?
                """)
                .params(shard.nextOffset(), shard.records(), shard.rejected(), shard.dataset(), shard.partition(), shard.fromOffset())
                .update() == 1;
    }

    private boolean isCommitted(FinishedShard shard) {
        if (shard.files().isEmpty()) {
            return nextOffset(shard.dataset(), shard.partition()) == shard.nextOffset();
        }
        return jdbc.sql("select exists (select 1 from shard_file where path = ?)")
                .param(shard.files().getFirst().path()).query(Boolean.class).single();
    }

    private void insert(FinishedShard shard) {
        long id = jdbc.sql("""
                insert into shard (dataset, partition, first_offset, last_offset, schema_version, rejected, committed_at)
                values (?, ?, ?, ?, ?, ?, ?) returning id
                """)
                .params(shard.dataset(), shard.partition(), shard.first(), shard.last(), shard.schemaVersion(), shard.rejected(),
                        clock.instant().atOffset(ZoneOffset.UTC))
                .query(Long.class).single();
        for (FinishedShard.File file : shard.files()) {
            TimeIndex times = file.times();
            jdbc.sql("""
                    insert into shard_file
                        (shard, path, split, records, bytes, checksum, min_time, max_time, time_step, times, statistics)
                    values (:shard, :path, :split, :records, :bytes, :checksum, :min, :max, :step, :times, cast(:statistics as json))
                    """)
                    .param("shard", id).param("path", file.path()).param("split", file.split()).param("records", times.records())
                    .param("bytes", file.bytes()).param("checksum", file.checksum())
                    .param("min", file.minTime().atOffset(ZoneOffset.UTC))
                    .param("max", Instant.ofEpochMilli(times.max()).atOffset(ZoneOffset.UTC))
                    .param("step", times.step()).param("times", times.marks())
                    .param("statistics", StatisticsCodec.write(file.statistics()).toString())
                    .update();
        }
    }

    /** Asks the owners of the partitions to commit up to the given offsets. */
    void requestFlush(String dataset, Map<Integer, Long> ends) {
        ends.forEach((partition, end) -> jdbc.sql("""
                insert into partition_progress (dataset, partition, flush_to) values (:dataset, :partition, :end)
                on conflict (dataset, partition) do update set flush_to = greatest(partition_progress.flush_to, excluded.flush_to)
                """)
                .param("dataset", dataset).param("partition", partition).param("end", end).update());
    }

    /** Offsets that somebody waits for, by dataset and partition. */
    Map<String, Map<Integer, Long>> flushRequests() {
        Map<String, Map<Integer, Long>> requests = new HashMap<>();
        jdbc.sql("select dataset, partition, flush_to from partition_progress where flush_to > next_offset")
                .query(row -> {
                    requests.computeIfAbsent(row.getString("dataset"), dataset -> new HashMap<>())
                            .put(row.getInt("partition"), row.getLong("flush_to"));
                });
        return requests;
    }

    Map<Integer, Long> nextOffsets(String dataset) {
        Map<Integer, Long> offsets = new HashMap<>();
        jdbc.sql("select partition, next_offset from partition_progress where dataset = ?").param(dataset)
                .query(row -> {
                    offsets.put(row.getInt("partition"), row.getLong("next_offset"));
                });
        return offsets;
    }

    ShardSnapshot snapshot(String dataset) {
        return oneMoment.execute(status -> new ShardSnapshot(files(dataset), counts(dataset).committed()));
    }

    List<ShardFile> files(String dataset) {
        return jdbc.sql("""
                select f.id, f.path, f.split, s.partition, s.first_offset, s.last_offset, f.bytes, f.checksum, f.sha256, s.schema_version,
                       f.min_time, f.max_time, f.records, f.time_step, f.times
                  from shard s join shard_file f on f.shard = s.id
                 where s.dataset = ?
                 order by s.partition, s.first_offset, f.split
                """)
                .param(dataset).query(JdbcShards::file).list();
    }

    /** Statistics of files as JSON, by file id. */
    Map<Long, String> statistics(Collection<Long> ids) {
        Map<Long, String> statistics = new HashMap<>();
        jdbc.sql("select id, statistics from shard_file where id = any (?)").param(ids.toArray(Long[]::new))
                .query(row -> {
                    statistics.put(row.getLong("id"), row.getString("statistics"));
                });
        return statistics;
    }

    /** Hands those of the paths to {@code remove} that belong to no committed shard; no commit of the dataset happens meanwhile. */
    void sweep(String dataset, Collection<String> paths, Consumer<Set<String>> remove) {
        if (committed(paths).size() == paths.size()) {
            return;
        }
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select partition from partition_progress where dataset = ? order by partition for update").param(dataset)
                    .query(Integer.class).list();
            Set<String> unknown = new HashSet<>(paths);
            unknown.removeAll(committed(paths));
            remove.accept(unknown);
        });
    }

    private List<String> committed(Collection<String> paths) {
        return jdbc.sql("select path from shard_file where path = any (?)").param(paths.toArray(String[]::new)).query(String.class).list();
    }

    RecordCounts.Counts counts(String dataset) {
        return jdbc.sql("""
                select coalesce(sum(committed), 0) as committed, coalesce(sum(rejected), 0) as rejected
                  from partition_progress where dataset = ?
                """)
                .param(dataset).query((row, number) -> new RecordCounts.Counts(row.getLong("committed"), row.getLong("rejected"))).single();
    }

    private static ShardFile file(ResultSet row, int number) throws SQLException {
        Long[] marks = (Long[]) row.getArray("times").getArray();
        long[] times = new long[marks.length];
        for (int i = 0; i < times.length; i++) {
            times[i] = marks[i];
        }
        return new ShardFile(row.getLong("id"), row.getString("path"), row.getString("split"), row.getInt("partition"),
                row.getLong("first_offset"), row.getLong("last_offset"), row.getLong("bytes"), row.getString("checksum"),
                row.getString("sha256"), row.getInt("schema_version"), row.getTimestamp("min_time").toInstant(),
                new TimeIndex(row.getLong("records"), row.getInt("time_step"), times, row.getTimestamp("max_time").getTime()));
    }
}

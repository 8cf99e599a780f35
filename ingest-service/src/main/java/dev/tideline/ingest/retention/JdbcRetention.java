package dev.tideline.ingest.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Policies, and the rows of records that are given up. */
@Component
final class JdbcRetention {

    private final JdbcClient jdbc;

    JdbcRetention(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void set(String dataset, RetentionPolicy policy) {
        Duration age = policy.maxAge();
        jdbc.sql("update dataset set retain_versions = ?, retain_seconds = ? where name = ?")
                .params(policy.keepVersions(), age == null ? null : age.toSeconds(), dataset).update();
    }

    RetentionPolicy get(String dataset) {
        return jdbc.sql("select retain_versions, retain_seconds from dataset where name = ?").param(dataset)
                .query((row, number) -> policy(row)).single();
    }

    /** Policies that give anything up, by dataset. */
    Map<String, RetentionPolicy> all() {
        Map<String, RetentionPolicy> policies = new LinkedHashMap<>();
        jdbc.sql("""
                select name, retain_versions, retain_seconds from dataset
                 where retain_versions is not null or retain_seconds is not null order by name
                """)
                .query(row -> {
                    policies.put(row.getString("name"), policy(row));
                });
        return policies;
    }

    /** @param bytes of their files */
    record Droppable(long shards, long records, long bytes, @Nullable Instant oldest, @Nullable Instant newest) {}

    /**
     * What {@link #dropShards} would take once the versions in {@code retiring} are given up.
     *
     * @return oldest and newest event time are null without shards
     */
    Droppable droppable(String dataset, Instant before, Collection<Long> retiring) {
        return jdbc.sql("""
                select count(distinct s.id) as shards, coalesce(sum(f.records), 0) as records, coalesce(sum(f.bytes), 0) as bytes,
                       min(f.min_time) as oldest, max(f.max_time) as newest
                  from shard s join shard_file f on f.shard = s.id
                 where s.dataset = :dataset
                   and not exists (select 1 from shard_file y where y.shard = s.id and y.max_time >= :before)
                   and not exists (select 1 from shard_file u join dataset_version_slice l on l.shard_file = u.id
                                    where u.shard = s.id and not l.version = any (:retiring))
                """)
                .param("dataset", dataset).param("before", before.atOffset(ZoneOffset.UTC)).param("retiring", retiring.toArray(Long[]::new))
                .query((row, number) -> new Droppable(row.getLong("shards"), row.getLong("records"), row.getLong("bytes"),
                        instant(row.getTimestamp("oldest")), instant(row.getTimestamp("newest")))).single();
    }

    /**
     * Deletes the shards whose newest record is older than {@code before} and of which no kept version takes a record. Their files
     * are then unknown to the database, and the sweeper takes them.
     *
     * @return how many shards
     */
    int dropShards(String dataset, Instant before) {
        return jdbc.sql("""
                with old as (
                    select s.id from shard s
                     where s.dataset = :dataset
                       and not exists (select 1 from shard_file f where f.shard = s.id and f.max_time >= :before)
                       and not exists (select 1 from shard_file f join dataset_version_slice l on l.shard_file = f.id where f.shard = s.id)),
                files as (delete from shard_file where shard in (select id from old) returning id)
                delete from shard where id in (select id from old) and (select count(*) from files) >= 0
                """)
                .param("dataset", dataset).param("before", before.atOffset(ZoneOffset.UTC)).update();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    private static RetentionPolicy policy(ResultSet row) throws SQLException {
        @Nullable Integer versions = row.getObject("retain_versions", Integer.class);
        @Nullable Long seconds = row.getObject("retain_seconds", Long.class);
        return new RetentionPolicy(versions, seconds == null ? null : Duration.ofSeconds(seconds));
    }
}

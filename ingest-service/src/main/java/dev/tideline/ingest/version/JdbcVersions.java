package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Dataset versions in PostgreSQL. */
@Component
final class JdbcVersions {

    private static final String SELECT = """
            select v.dataset, v.version, v.request_id, v.window_rule, v.schema_version, v.records, v.content_hash, v.manifest, v.sealed_at, v.retired_at,
                   v.evaluation, v.trigger, v.committed
              from dataset_version v
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcVersions(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<SealedVersion> all(String dataset) {
        return jdbc.sql(SELECT + " where v.dataset = ? order by v.version").param(dataset).query(this::version).list();
    }

    Optional<SealedVersion> find(String dataset, long version) {
        return jdbc.sql(SELECT + " where v.dataset = ? and v.version = ?").params(dataset, version).query(this::version).optional();
    }

    Optional<SealedVersion> latest(String dataset) {
        return jdbc.sql(SELECT + " where v.dataset = ? order by v.version desc limit 1").param(dataset).query(this::version).optional();
    }

    Optional<SealedVersion> byRequest(String dataset, String requestId) {
        return jdbc.sql(SELECT + " where v.dataset = ? and v.request_id = ?").params(dataset, requestId).query(this::version).optional();
    }

    /** The number of the next version; no other transaction gets one before this one has ended. */
    long next(String dataset) {
        jdbc.sql("select name from dataset where name = ? for update").param(dataset).query(String.class).single();
        return jdbc.sql("select coalesce(max(version), 0) + 1 from dataset_version where dataset = ?").param(dataset)
                .query(Long.class).single();
    }

    void insert(SealedVersion version, SortedMap<String, SplitContent> splits) {
        jdbc.sql("""
                insert into dataset_version
                    (dataset, version, request_id, window_rule, schema_version, records, evaluation, content_hash, manifest, sealed_at,
                     trigger, committed)
                values (?, ?, ?, cast(? as jsonb), ?, ?, ?, ?, ?, ?, ?, ?)
                """)
                .params(version.dataset(), version.version(), version.requestId(),
                        json.writerFor(DataWindow.class).writeValueAsString(version.window()), version.schemaVersion(), version.records(),
                        splits.get(WindowPlan.EVALUATION).records(), version.contentHash(), version.manifest(), version.sealedAt().atOffset(ZoneOffset.UTC),
                        version.trigger().name(), version.committed())
                .update();
        splits.forEach((split, content) -> {
            for (int i = 0; i < content.slices().size(); i++) {
                FileSlice slice = content.slices().get(i);
                SliceBytes part = content.bytes().get(i);
                jdbc.sql("""
                        insert into dataset_version_slice (dataset, version, split, ordinal, shard_file, skip, take, first_byte, bytes, sha256)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                        .params(version.dataset(), version.version(), split, i, slice.file().id(), slice.skip(), slice.take(),
                                part.first(), part.bytes(), part.sha256())
                        .update();
            }
        });
    }

    /** The parts of a version by split and order. */
    List<VersionFile> files(SealedVersion version) {
        return jdbc.sql("""
                select l.split, l.ordinal, f.path, f.checksum, f.records, l.skip, l.take, l.first_byte, l.bytes as part_bytes,
                       coalesce(l.sha256, case when l.take = f.records then f.sha256 end) as part_sha256,
                       s.partition, s.first_offset, s.last_offset, s.schema_version
                  from dataset_version_slice l join shard_file f on f.id = l.shard_file join shard s on s.id = f.shard
                 where l.dataset = ? and l.version = ?
                 order by l.split, l.ordinal
                """)
                .params(version.dataset(), version.version())
                .query((row, number) -> new VersionFile(row.getString("split"), row.getInt("ordinal"), row.getString("path"),
                        row.getString("checksum"), row.getLong("records"), row.getLong("skip"), row.getLong("take"),
                        row.getObject("first_byte") == null ? null
                                : new SliceBytes(row.getLong("first_byte"), row.getLong("part_bytes"), row.getString("part_sha256")),
                        row.getInt("partition"), row.getLong("first_offset"), row.getLong("last_offset"), row.getInt("schema_version")))
                .list();
    }

    /** Of a whole file; nothing while nobody has worked it out. */
    Optional<String> sha256(String path) {
        return jdbc.sql("select sha256 from shard_file where path = ? and sha256 is not null").param(path).query(String.class).optional();
    }

    /** Keeps the SHA-256 of a whole file. */
    void remember(String path, String sha256) {
        jdbc.sql("update shard_file set sha256 = ? where path = ? and sha256 is null").params(sha256, path).update();
    }

    /** Of the schema that the version was sealed under. */
    String fingerprint(SealedVersion version) {
        return jdbc.sql("select fingerprint from dataset_schema where dataset = ? and version = ?")
                .params(version.dataset(), version.schemaVersion()).query(String.class).single();
    }

    /** Gives the content of a version up; false when that happened before. */
    boolean retire(SealedVersion version, Instant now) {
        int changed = jdbc.sql("update dataset_version set retired_at = ? where dataset = ? and version = ? and retired_at is null")
                .params(now.atOffset(ZoneOffset.UTC), version.dataset(), version.version()).update();
        jdbc.sql("delete from dataset_version_slice where dataset = ? and version = ?").params(version.dataset(), version.version()).update();
        return changed == 1;
    }

    private SealedVersion version(ResultSet row, int number) throws SQLException {
        SortedMap<String, Long> splits = new TreeMap<>();
        splits.put(WindowPlan.TRAIN, row.getLong("records") - row.getLong("evaluation"));
        splits.put(WindowPlan.EVALUATION, row.getLong("evaluation"));
        return new SealedVersion(row.getString("dataset"), row.getLong("version"), row.getString("request_id"),
                json.readValue(row.getString("window_rule"), DataWindow.class), row.getLong("records"), splits,
                row.getInt("schema_version"), row.getString("content_hash"), row.getString("manifest"),
                row.getTimestamp("sealed_at").toInstant(),
                row.getTimestamp("retired_at") == null ? null : row.getTimestamp("retired_at").toInstant(),
                Trigger.valueOf(row.getString("trigger")), row.getLong("committed"));
    }
}

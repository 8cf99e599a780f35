package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import java.sql.ResultSet;
import java.sql.SQLException;
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
            select v.dataset, v.version, v.request_id, v.window_rule, v.schema_version, v.records, v.content_hash, v.manifest, v.sealed_at,
                   (select coalesce(sum(take), 0) from dataset_version_slice s
                     where s.dataset = v.dataset and s.version = v.version and s.split = 'train') as train,
                   (select coalesce(sum(take), 0) from dataset_version_slice s
                     where s.dataset = v.dataset and s.version = v.version and s.split = 'evaluation') as evaluation
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

    Optional<SealedVersion> byRequest(String dataset, String requestId) {
        return jdbc.sql(SELECT + " where v.dataset = ? and v.request_id = ?").params(dataset, requestId).query(this::version).optional();
    }

    /** The number of the next version; no other transaction gets one before this one has ended. */
    long next(String dataset) {
        jdbc.sql("select name from dataset where name = ? for update").param(dataset).query(String.class).single();
        return jdbc.sql("select coalesce(max(version), 0) + 1 from dataset_version where dataset = ?").param(dataset)
                .query(Long.class).single();
    }

    void insert(SealedVersion version, WindowPlan plan) {
        jdbc.sql("""
                insert into dataset_version
                    (dataset, version, request_id, window_rule, schema_version, records, content_hash, manifest, sealed_at)
                values (?, ?, ?, cast(? as jsonb), ?, ?, ?, ?, ?)
                """)
                .params(version.dataset(), version.version(), version.requestId(),
                        json.writerFor(DataWindow.class).writeValueAsString(version.window()), version.schemaVersion(), version.records(),
                        version.contentHash(), version.manifest(), version.sealedAt().atOffset(ZoneOffset.UTC))
                .update();
        plan.splits().forEach((split, slices) -> {
            for (int i = 0; i < slices.size(); i++) {
                FileSlice slice = slices.get(i);
                jdbc.sql("""
                        insert into dataset_version_slice (dataset, version, split, ordinal, shard_file, skip, take)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                        .params(version.dataset(), version.version(), split, i, slice.file().id(), slice.skip(), slice.take())
                        .update();
            }
        });
    }

    private SealedVersion version(ResultSet row, int number) throws SQLException {
        SortedMap<String, Long> splits = new TreeMap<>();
        splits.put(WindowPlan.TRAIN, row.getLong("train"));
        splits.put(WindowPlan.EVALUATION, row.getLong("evaluation"));
        return new SealedVersion(row.getString("dataset"), row.getLong("version"), row.getString("request_id"),
                json.readValue(row.getString("window_rule"), DataWindow.class), row.getLong("records"), splits,
                row.getInt("schema_version"), row.getString("content_hash"), row.getString("manifest"),
                row.getTimestamp("sealed_at").toInstant());
    }
}

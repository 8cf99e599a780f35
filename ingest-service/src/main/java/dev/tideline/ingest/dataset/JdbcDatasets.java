package dev.tideline.ingest.dataset;

import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import dev.tideline.features.DatasetManifest.SplitRule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Datasets and their schemas in PostgreSQL. */
@Component
final class JdbcDatasets {

    private static final String NEWEST = """
            select d.name, d.split_by, d.split_evaluation, d.partitions, s.schema
              from dataset d
              join lateral (select schema from dataset_schema where dataset = d.name order by version desc limit 1) s on true
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcDatasets(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    List<Dataset> all() {
        return jdbc.sql(NEWEST + " order by d.name").query(this::dataset).list();
    }

    Optional<Dataset> find(String name) {
        return jdbc.sql(NEWEST + " where d.name = ?").param(name).query(this::dataset).optional();
    }

    /** Inserts the dataset unless somebody else did meanwhile; returns whether this call inserted it. */
    boolean insert(Dataset dataset, Instant now) {
        int inserted = jdbc.sql("""
                insert into dataset (name, split_by, split_evaluation, partitions, declared_at)
                values (?, ?, ?, ?, ?) on conflict do nothing
                """)
                .params(dataset.name(), dataset.split().by().name(), dataset.split().evaluation(), dataset.partitions(),
                        now.atOffset(ZoneOffset.UTC))
                .update();
        if (inserted == 0) {
            return false;
        }
        insertSchema(dataset.name(), dataset.schema(), now);
        jdbc.sql("""
                insert into partition_progress (dataset, partition)
                select ?, n from generate_series(0, ? - 1) n
                """)
                .params(dataset.name(), dataset.partitions()).update();
        return true;
    }

    /** Whether the topic is the dataset's: by its id, or because nothing was stored from another one yet. */
    boolean adoptTopic(String name, String topicId) {
        return jdbc.sql("""
                update dataset set topic_id = :id
                 where name = :name
                   and (topic_id is null or topic_id = :id
                        or not exists (select 1 from partition_progress where dataset = :name and next_offset > 0))
                """)
                .param("id", topicId).param("name", name).update() == 1;
    }

    /** Ids of the topics that records were stored from, by dataset. */
    Map<String, String> topicIds() {
        Map<String, String> ids = new HashMap<>();
        jdbc.sql("select name, topic_id from dataset where topic_id is not null").query(row -> {
            ids.put(row.getString("name"), row.getString("topic_id"));
        });
        return ids;
    }

    Optional<String> topicId(String name) {
        return jdbc.sql("select topic_id from dataset where name = ? and topic_id is not null").param(name).query(String.class).optional();
    }

    /** Makes other transactions that change this dataset wait. */
    void lock(String name) {
        jdbc.sql("select name from dataset where name = ? for update").param(name).query(String.class).single();
    }

    /** All schemas of a dataset, oldest first. */
    List<Schema> schemas(String dataset) {
        return jdbc.sql("select schema from dataset_schema where dataset = ? order by version").param(dataset)
                .query(String.class).list().stream().map(text -> SchemaCodec.read(json.readTree(text))).toList();
    }

    void insertSchema(String dataset, Schema schema, Instant now) {
        jdbc.sql("""
                insert into dataset_schema (dataset, version, fingerprint, schema, declared_at)
                values (?, ?, ?, cast(? as jsonb), ?)
                """)
                .params(dataset, schema.version(), schema.fingerprint(), SchemaCodec.write(schema).toString(),
                        now.atOffset(ZoneOffset.UTC))
                .update();
    }

    private Dataset dataset(ResultSet row, int number) throws SQLException {
        return new Dataset(row.getString("name"), SchemaCodec.read(json.readTree(row.getString("schema"))),
                new SplitRule(SplitRule.By.valueOf(row.getString("split_by")), row.getDouble("split_evaluation")),
                row.getInt("partitions"));
    }
}

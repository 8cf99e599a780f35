package dev.tideline.training.registry;

import dev.tideline.contracts.ModelVersionEvent.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tables {@code model_version}, {@code doomed_version}, {@code alias} and {@code history}. */
@Component
final class JdbcRegistry {

    private static final TypeReference<TreeMap<String, Double>> METRICS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcRegistry(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Keeps two changes of one model apart until the transaction ends. */
    void lock(String model) {
        jdbc.sql("SELECT name FROM model WHERE name = :model FOR UPDATE").param("model", model).query(String.class).optional();
    }

    long reserveVersion(String model) {
        return jdbc.sql("UPDATE model SET next_version = next_version + 1 WHERE name = :model RETURNING next_version - 1")
            .param("model", model).query(Long.class).single();
    }

    void insert(TrainedVersion version) {
        jdbc.sql("""
                INSERT INTO model_version (model, version, job, parent, dataset, dataset_version, definition_hash, path, metrics,
                    champion_metrics, promoted, reason, created_at, verdict)
                VALUES (:model, :version, :job, :parent, :dataset, :datasetVersion, :hash, :path, :metrics::jsonb,
                    :championMetrics::jsonb, :promoted, :reason, :createdAt, :verdict::jsonb)""")
            .param("model", version.model()).param("version", version.version()).param("job", version.job())
            .param("parent", version.parent()).param("dataset", version.dataset())
            .param("datasetVersion", version.datasetVersion()).param("hash", version.definitionHash())
            .param("path", version.path()).param("metrics", json.writeValueAsString(version.metrics()))
            .param("championMetrics", version.championMetrics() == null ? null : json.writeValueAsString(version.championMetrics()))
            .param("promoted", version.promoted()).param("reason", version.reason())
            .param("createdAt", version.createdAt().atOffset(ZoneOffset.UTC))
            .param("verdict", version.verdict() == null ? null : version.verdict().toString()).update();
    }

    Optional<TrainedVersion> find(String model, long version) {
        return jdbc.sql("SELECT * FROM model_version WHERE model = :model AND version = :version")
            .param("model", model).param("version", version).query(this::version).optional();
    }

    List<TrainedVersion> versions(String model) {
        return jdbc.sql("SELECT * FROM model_version WHERE model = :model ORDER BY version DESC")
            .param("model", model).query(this::version).list();
    }

    SortedMap<String, Long> aliases(String model) {
        var aliases = new TreeMap<String, Long>();
        jdbc.sql("SELECT name, version FROM alias WHERE model = :model").param("model", model)
            .query(row -> {
                aliases.put(row.getString("name"), row.getLong("version"));
            });
        return aliases;
    }

    void alias(String model, String name, long version) {
        jdbc.sql("""
                INSERT INTO alias (model, name, version) VALUES (:model, :name, :version)
                ON CONFLICT (model, name) DO UPDATE SET version = excluded.version""")
            .param("model", model).param("name", name).param("version", version).update();
    }

    /** What the alias pointed to; empty when there was no such alias. */
    Optional<Long> removeAlias(String model, String name) {
        return jdbc.sql("DELETE FROM alias WHERE model = :model AND name = :name RETURNING version")
            .param("model", model).param("name", name).query(Long.class).optional();
    }

    /** The definition that a job was asked with. */
    Optional<JsonNode> definition(String job) {
        return jdbc.sql("SELECT definition FROM job WHERE id = :job AND definition IS NOT NULL").param("job", job).query(String.class)
            .optional().map(json::readTree);
    }

    record Doomed(String model, long version) {}

    /** Takes the row and leaves a mark that the files are to go. */
    void doom(String model, long version) {
        jdbc.sql("DELETE FROM model_version WHERE model = :model AND version = :version").param("model", model)
            .param("version", version).update();
        jdbc.sql("INSERT INTO doomed_version (model, version) VALUES (:model, :version)").param("model", model)
            .param("version", version).update();
    }

    List<Doomed> doomed() {
        return jdbc.sql("SELECT model, version FROM doomed_version ORDER BY model, version")
            .query((row, number) -> new Doomed(row.getString("model"), row.getLong("version"))).list();
    }

    void buried(String model, long version) {
        jdbc.sql("DELETE FROM doomed_version WHERE model = :model AND version = :version").param("model", model)
            .param("version", version).update();
    }

    void remember(String model, long version, Change change, @Nullable Long previous, String reason, Instant at) {
        jdbc.sql("""
                INSERT INTO history (model, version, change, previous, reason, at)
                VALUES (:model, :version, :change, :previous, :reason, :at)""")
            .param("model", model).param("version", version).param("change", change.name()).param("previous", previous)
            .param("reason", reason).param("at", at.atOffset(ZoneOffset.UTC)).update();
    }

    /** Oldest first. */
    List<HistoryEntry> history(String model) {
        return jdbc.sql("SELECT * FROM history WHERE model = :model ORDER BY id").param("model", model)
            .query((row, number) -> new HistoryEntry(row.getLong("version"), Change.valueOf(row.getString("change")),
                row.getObject("previous", Long.class), row.getString("reason"), row.getTimestamp("at").toInstant())).list();
    }

    private TrainedVersion version(ResultSet row, int number) throws SQLException {
        return new TrainedVersion(row.getString("model"), row.getLong("version"), row.getString("job"),
            row.getObject("parent", Long.class), row.getString("dataset"), row.getLong("dataset_version"),
            row.getString("definition_hash"), row.getString("path"), metrics(row.getString("metrics")),
            row.getString("champion_metrics") == null ? null : metrics(row.getString("champion_metrics")),
            row.getBoolean("promoted"), row.getString("reason"), row.getTimestamp("created_at").toInstant(),
            row.getString("verdict") == null ? null : json.readTree(row.getString("verdict")));
    }

    private Map<String, Double> metrics(String text) {
        return json.readValue(text, METRICS);
    }
}

package dev.tideline.training.model;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code model}. */
@Component
final class JdbcModels {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcModels(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** True when the model is new. */
    boolean save(String name, JsonNode definition, String hash, Instant now) {
        return jdbc.sql("""
                INSERT INTO model (name, definition, definition_hash, created_at, changed_at)
                VALUES (:name, :definition::jsonb, :hash, :now, :now)
                ON CONFLICT (name) DO UPDATE SET
                    changed_at = CASE WHEN model.definition_hash = excluded.definition_hash
                        THEN model.changed_at ELSE excluded.changed_at END,
                    definition = excluded.definition, definition_hash = excluded.definition_hash
                RETURNING xmax = 0""")
            .param("name", name).param("definition", definition.toString()).param("hash", hash)
            .param("now", now.atOffset(ZoneOffset.UTC)).query(Boolean.class).single();
    }

    Optional<Model> find(String name) {
        return jdbc.sql("SELECT * FROM model WHERE name = :name").param("name", name).query(this::model).optional();
    }

    List<Model> all() {
        return jdbc.sql("SELECT * FROM model ORDER BY name").query(this::model).list();
    }

    private Model model(ResultSet row, int number) throws SQLException {
        return new Model(row.getString("name"), json.readTree(row.getString("definition")), row.getString("definition_hash"),
            row.getTimestamp("created_at").toInstant(), row.getTimestamp("changed_at").toInstant());
    }
}

package dev.tideline.training.registry;

import dev.tideline.training.registry.AuditEntry.Action;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Table {@code audit}, which PostgreSQL itself lets nobody change. */
@Component
final class JdbcAudit {

    private final JdbcClient jdbc;

    JdbcAudit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void append(String model, AuditEntry entry) {
        jdbc.sql("""
                INSERT INTO audit (model, version, action, alias, previous, actor, reason, at)
                VALUES (:model, :version, :action, :alias, :previous, :actor, :reason, :at)""")
            .param("model", model).param("version", entry.version()).param("action", entry.action().name())
            .param("alias", entry.alias()).param("previous", entry.previous()).param("actor", entry.actor())
            .param("reason", entry.reason()).param("at", entry.at().atOffset(ZoneOffset.UTC)).update();
    }

    /** Newest first. */
    List<AuditEntry> of(String model, int limit) {
        return jdbc.sql("SELECT * FROM audit WHERE model = :model ORDER BY id DESC LIMIT :limit").param("model", model)
            .param("limit", limit)
            .query((row, number) -> new AuditEntry(row.getLong("version"), Action.valueOf(row.getString("action")), row.getString("alias"),
                row.getObject("previous", Long.class), row.getString("actor"), row.getString("reason"),
                row.getTimestamp("at").toInstant())).list();
    }
}

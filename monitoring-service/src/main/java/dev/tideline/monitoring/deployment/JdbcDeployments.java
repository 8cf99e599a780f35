package dev.tideline.monitoring.deployment;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The history in PostgreSQL. Rows are added; the database refuses anything else. */
@Component
final class JdbcDeployments {

    private final JdbcClient jdbc;

    JdbcDeployments(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Nothing happens when the event is there already. */
    void append(String event, String model, Change.Decided change, Instant recorded) {
        jdbc.sql("""
                INSERT INTO version_change (event, model, at, version, change, champion, reason, recorded)
                VALUES (:event, :model, :at, :version, :change, :champion, :reason, :recorded) ON CONFLICT DO NOTHING
                """)
                .param("event", event).param("model", model).param("at", Timestamp.from(change.at()))
                .param("version", change.version()).param("change", change.kind()).param("champion", change.champion())
                .param("reason", change.reason()).param("recorded", Timestamp.from(recorded)).update();
    }

    /** Nothing happens when the event is there already. */
    void append(String event, String model, Change.Moved change, Instant recorded) {
        jdbc.sql("""
                INSERT INTO instance_change (event, model, at, version, instance, state, message, recorded)
                VALUES (:event, :model, :at, :version, :instance, :state, :message, :recorded) ON CONFLICT DO NOTHING
                """)
                .param("event", event).param("model", model).param("at", Timestamp.from(change.at()))
                .param("version", change.version()).param("instance", change.instance()).param("state", change.kind())
                .param("message", change.message()).param("recorded", Timestamp.from(recorded)).update();
    }

    /** The newest {@code limit} changes of {@code model} that happened until {@code time}, in the order in which they happened. */
    List<Change> until(String model, Instant time, int limit) {
        return jdbc.sql("""
                SELECT at, recorded, sequence, version, change AS kind, champion, NULL AS instance, reason AS text
                FROM version_change WHERE model = :model AND at <= :time
                UNION ALL
                SELECT at, recorded, sequence, version, state, NULL, instance, message
                FROM instance_change WHERE model = :model AND at <= :time
                ORDER BY at DESC, recorded DESC, sequence DESC LIMIT :limit
                """)
                .param("model", model).param("time", Timestamp.from(time)).param("limit", limit)
                .query(JdbcDeployments::change).list().reversed();
    }

    boolean knows(String model) {
        return jdbc.sql("""
                SELECT EXISTS (SELECT FROM version_change WHERE model = :model) OR EXISTS (SELECT FROM instance_change WHERE model = :model)
                """).param("model", model).query(Boolean.class).single();
    }

    private static Change change(ResultSet row, int index) throws SQLException {
        Instant at = row.getTimestamp("at").toInstant();
        String instance = row.getString("instance");
        return instance == null
                ? new Change.Decided(at, row.getLong("version"), ModelVersionEvent.Change.valueOf(row.getString("kind")),
                        row.getObject("champion", Long.class), row.getString("text"))
                : new Change.Moved(at, row.getLong("version"), instance, DeploymentEvent.State.valueOf(row.getString("kind")),
                        row.getString("text"));
    }
}

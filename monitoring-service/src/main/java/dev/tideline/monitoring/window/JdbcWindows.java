package dev.tideline.monitoring.window;

import dev.tideline.monitoring.drift.WindowVerdict;
import dev.tideline.monitoring.signal.Signal.WindowClosed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Closed windows with their verdicts in PostgreSQL. */
@Component
final class JdbcWindows {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcWindows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** False when the window was inserted before. */
    boolean insert(WindowClosed window, WindowVerdict verdict, List<WindowView.Feature> features, Instant now) {
        return jdbc.sql("""
                INSERT INTO prediction_window
                    (model, version, sequence, started, ended, rows, closed_by, status, reason, features, profiles, judged)
                VALUES (:model, :version, :sequence, :from, :to, :rows, :closedBy, :status, :reason, :features::jsonb,
                    :profiles, :now)
                ON CONFLICT DO NOTHING
                """)
                .param("model", window.model()).param("version", window.version()).param("sequence", window.sequence())
                .param("from", Timestamp.from(window.from())).param("to", Timestamp.from(window.to()))
                .param("rows", window.rows()).param("closedBy", window.closedBy().name())
                .param("status", verdict.status().name()).param("reason", verdict.reason())
                .param("features", json.writeValueAsString(features)).param("profiles", window.profiles())
                .param("now", Timestamp.from(now)).update() == 1;
    }

    /** Newest first. */
    List<WindowView> newest(String model, int limit) {
        return jdbc.sql("""
                SELECT version, sequence, started, ended, rows, closed_by, status, reason, features, judged
                FROM prediction_window WHERE model = :model ORDER BY judged DESC, sequence DESC LIMIT :limit
                """).param("model", model).param("limit", limit).query(this::view).list();
    }

    Optional<WindowView> newestOf(String model, long version) {
        return jdbc.sql("""
                SELECT version, sequence, started, ended, rows, closed_by, status, reason, features, judged
                FROM prediction_window WHERE model = :model AND version = :version ORDER BY sequence DESC LIMIT 1
                """).param("model", model).param("version", version).query(this::view).optional();
    }

    private WindowView view(ResultSet row, int index) throws SQLException {
        return new WindowView(row.getLong("version"), row.getLong("sequence"), row.getTimestamp("started").toInstant(),
                row.getTimestamp("ended").toInstant(), row.getLong("rows"), row.getString("closed_by"),
                row.getString("status"), row.getString("reason"),
                List.of(json.readValue(row.getString("features"), WindowView.Feature[].class)),
                row.getTimestamp("judged").toInstant());
    }
}

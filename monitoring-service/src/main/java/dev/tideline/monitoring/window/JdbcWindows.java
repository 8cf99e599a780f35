package dev.tideline.monitoring.window;

import dev.tideline.monitoring.drift.Background;
import dev.tideline.monitoring.signal.Signal.WindowClosed;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Closed windows with their verdicts in PostgreSQL. */
@Component
final class JdbcWindows {

    private static final String VIEW = """
            SELECT version, slice, sequence, started, ended, rows, late, judged_rows, closed_by, status, reason, figures, findings,
                features, judged
            FROM prediction_window
            """;
    private static final TypeReference<Map<String, Double>> FIGURES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcWindows(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** False when the window was inserted before. */
    boolean insert(WindowClosed window, WindowView view) {
        return jdbc.sql("""
                INSERT INTO prediction_window
                    (model, version, slice, sequence, started, ended, rows, late, judged_rows, closed_by, status, reason, figures,
                     findings, features, profiles, judged)
                VALUES (:model, :version, :slice, :sequence, :from, :to, :rows, :late, :judgedRows, :closedBy, :status, :reason,
                    :figures::jsonb, :findings::jsonb, :features::jsonb, :profiles, :now)
                ON CONFLICT DO NOTHING
                """)
                .param("model", window.model()).param("version", view.version()).param("slice", view.slice())
                .param("sequence", view.sequence()).param("from", Timestamp.from(view.from())).param("to", Timestamp.from(view.to()))
                .param("rows", view.rows()).param("late", view.late()).param("judgedRows", view.judgedRows())
                .param("closedBy", view.closedBy()).param("status", view.status()).param("reason", view.reason())
                .param("figures", json.writeValueAsString(view.figures())).param("findings", json.writeValueAsString(view.findings()))
                .param("features", json.writeValueAsString(view.features())).param("profiles", window.profiles())
                .param("now", Timestamp.from(view.judged())).update() == 1;
    }

    /** Newest first. */
    List<WindowView> newest(String model, String slice, int limit) {
        return jdbc.sql(VIEW + "WHERE model = :model AND slice = :slice ORDER BY judged DESC, sequence DESC LIMIT :limit")
                .param("model", model).param("slice", slice).param("limit", limit).query(this::view).list();
    }

    /** Of all predictions of the version. */
    Optional<WindowView> newestOf(String model, long version) {
        return jdbc.sql(VIEW + "WHERE model = :model AND version = :version AND slice = '' ORDER BY judged DESC, sequence DESC LIMIT 1")
                .param("model", model).param("version", version).query(this::view).optional();
    }

    List<String> slices(String model) {
        return jdbc.sql("SELECT DISTINCT slice FROM prediction_window WHERE model = :model AND slice <> '' ORDER BY slice")
                .param("model", model).query(String.class).list();
    }

    /** Profiles of the newest windows before {@code window}, back to the last one that had enough rows. Newest first. */
    List<byte[]> unjudgedBefore(WindowClosed window, int limit) {
        return jdbc.sql("""
                SELECT profiles FROM prediction_window
                WHERE model = :model AND version = :version AND slice = :slice AND sequence < :sequence
                    AND sequence > coalesce((SELECT max(sequence) FROM prediction_window WHERE model = :model AND version = :version
                        AND slice = :slice AND sequence < :sequence AND status <> 'INSUFFICIENT_DATA'), 0)
                ORDER BY sequence DESC LIMIT :limit
                """).param("model", window.model()).param("version", window.version()).param("slice", window.slice())
                .param("sequence", window.sequence()).param("limit", limit).query(byte[].class).list();
    }

    /** Profiles of the first windows of a version that neither drifted nor were too short. */
    List<byte[]> first(WindowClosed window, int limit) {
        return jdbc.sql("""
                SELECT profiles FROM prediction_window
                WHERE model = :model AND version = :version AND slice = :slice AND sequence < :sequence
                    AND status IN ('STABLE', 'WARNING')
                ORDER BY sequence LIMIT :limit
                """).param("model", window.model()).param("version", window.version()).param("slice", window.slice())
                .param("sequence", window.sequence()).param("limit", limit).query(byte[].class).list();
    }

    /**
     * Forgets windows judged before {@code time}, but for the reference windows of versions that had one since.
     *
     * @return how many
     */
    int forget(Instant time) {
        return jdbc.sql("""
                DELETE FROM prediction_window AS old WHERE judged < :time
                    AND (NOT EXISTS (SELECT 1 FROM prediction_window AS newer WHERE newer.model = old.model AND newer.version = old.version
                            AND newer.slice = old.slice AND newer.judged >= :time)
                        OR (SELECT count(*) FROM prediction_window AS earlier WHERE earlier.model = old.model AND earlier.version = old.version
                            AND earlier.slice = old.slice AND earlier.status IN ('STABLE', 'WARNING') AND earlier.sequence < old.sequence) >= :reference
                        OR old.status NOT IN ('STABLE', 'WARNING'))
                """).param("time", Timestamp.from(time)).param("reference", Background.REFERENCE_WINDOWS).update();
    }

    private WindowView view(ResultSet row, int index) throws SQLException {
        return new WindowView(row.getLong("version"), row.getString("slice"), row.getLong("sequence"),
                row.getTimestamp("started").toInstant(), row.getTimestamp("ended").toInstant(), row.getLong("rows"),
                row.getLong("late"), row.getLong("judged_rows"), row.getString("closed_by"), row.getString("status"),
                row.getString("reason"), json.readValue(row.getString("figures"), FIGURES),
                List.of(json.readValue(row.getString("findings"), String[].class)),
                List.of(json.readValue(row.getString("features"), WindowView.Feature[].class)),
                row.getTimestamp("judged").toInstant());
    }
}

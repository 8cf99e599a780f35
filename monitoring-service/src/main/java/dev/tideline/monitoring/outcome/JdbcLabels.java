package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.signal.Signal.AccuracyClosed;
import dev.tideline.monitoring.signal.Signal.LabelsCounted;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Totals and accuracy per model version in PostgreSQL. */
@Component
final class JdbcLabels {

    private final JdbcClient jdbc;

    JdbcLabels(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Totals only grow, so the order of reports does not matter. */
    void count(LabelsCounted counted, Instant now) {
        jdbc.sql("""
                INSERT INTO label_count (model, version, labels, judged, right_ones, archived, updated)
                VALUES (:model, :version, :labels, :judged, :right, :archived, :now)
                ON CONFLICT (model, version) DO UPDATE SET
                    labels = greatest(label_count.labels, excluded.labels),
                    judged = greatest(label_count.judged, excluded.judged),
                    right_ones = greatest(label_count.right_ones, excluded.right_ones),
                    archived = greatest(label_count.archived, excluded.archived),
                    updated = excluded.updated
                """)
                .param("model", counted.model()).param("version", counted.version()).param("labels", counted.labels())
                .param("judged", counted.judged()).param("right", counted.right()).param("archived", counted.archived())
                .param("now", Timestamp.from(now)).update();
    }

    /** Rows of all versions of {@code model} that went back to its dataset. */
    long archived(String model) {
        return jdbc.sql("SELECT coalesce(sum(archived), 0) FROM label_count WHERE model = :model")
                .param("model", model).query(Long.class).single();
    }

    /** The same without {@code version}. */
    long archivedByOthers(String model, long version) {
        return jdbc.sql("SELECT coalesce(sum(archived), 0) FROM label_count WHERE model = :model AND version <> :version")
                .param("model", model).param("version", version).query(Long.class).single();
    }

    Optional<LabelTotals> totals(String model, long version) {
        return jdbc.sql("""
                SELECT labels, judged, right_ones, archived FROM label_count WHERE model = :model AND version = :version
                """).param("model", model).param("version", version)
                .query((row, index) -> new LabelTotals(row.getLong("labels"), row.getLong("judged"),
                        row.getLong("right_ones"), row.getLong("archived"))).optional();
    }

    void insert(AccuracyClosed window) {
        jdbc.sql("""
                INSERT INTO accuracy_window (model, version, sequence, started, ended, labels, right_ones)
                VALUES (:model, :version, :sequence, :from, :to, :labels, :right) ON CONFLICT DO NOTHING
                """)
                .param("model", window.model()).param("version", window.version()).param("sequence", window.sequence())
                .param("from", Timestamp.from(window.from())).param("to", Timestamp.from(window.to()))
                .param("labels", window.labels()).param("right", window.right()).update();
    }

    /** Newest first. */
    List<Accuracy> newest(String model, long version, int limit) {
        return jdbc.sql("""
                SELECT version, sequence, started, ended, labels, right_ones FROM accuracy_window
                WHERE model = :model AND version = :version ORDER BY sequence DESC LIMIT :limit
                """).param("model", model).param("version", version).param("limit", limit)
                .query(JdbcLabels::accuracy).list();
    }

    private static Accuracy accuracy(ResultSet row, int index) throws SQLException {
        long labels = row.getLong("labels");
        long right = row.getLong("right_ones");
        return new Accuracy(row.getLong("version"), row.getLong("sequence"), row.getTimestamp("started").toInstant(),
                row.getTimestamp("ended").toInstant(), labels, right, labels == 0 ? 0 : (double) right / labels);
    }
}

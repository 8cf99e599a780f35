package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.profile.Calibration;
import dev.tideline.monitoring.signal.Signal.AccuracyClosed;
import dev.tideline.monitoring.signal.Signal.LabelsCounted;
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

/** Totals and accuracy per model version in PostgreSQL. */
@Component
final class JdbcLabels {

    private static final TypeReference<Map<String, Double>> FIGURES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcLabels(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** Totals only grow, so the order of reports does not matter. */
    void count(LabelsCounted counted, Instant now) {
        jdbc.sql("""
                INSERT INTO label_count (model, version, labels, judged, right_ones, archived, older, updated)
                VALUES (:model, :version, :labels, :judged, :right, :archived, :older, :now)
                ON CONFLICT (model, version) DO UPDATE SET
                    labels = greatest(label_count.labels, excluded.labels),
                    judged = greatest(label_count.judged, excluded.judged),
                    right_ones = greatest(label_count.right_ones, excluded.right_ones),
                    archived = greatest(label_count.archived, excluded.archived),
                    older = greatest(label_count.older, excluded.older),
                    updated = excluded.updated
                """)
                .param("model", counted.model()).param("version", counted.version()).param("labels", counted.labels())
                .param("judged", counted.judged()).param("right", counted.right()).param("archived", counted.archived())
                .param("older", counted.older()).param("now", Timestamp.from(now)).update();
    }

    /** Rows of all versions of {@code model} that went back to its dataset. */
    long archived(String model) {
        return jdbc.sql("SELECT coalesce(sum(archived), 0) FROM label_count WHERE model = :model")
                .param("model", model).query(Long.class).single();
    }

    /** The same without those that came after an alarm and are older than it. */
    long fresh(String model) {
        return jdbc.sql("SELECT coalesce(sum(archived - older), 0) FROM label_count WHERE model = :model")
                .param("model", model).query(Long.class).single();
    }

    /** The same without {@code version}. */
    long freshOfOthers(String model, long version) {
        return jdbc.sql("SELECT coalesce(sum(archived - older), 0) FROM label_count WHERE model = :model AND version <> :version")
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
                INSERT INTO accuracy_window (model, version, slice, sequence, started, ended, labels, right_ones, figures)
                VALUES (:model, :version, :slice, :sequence, :from, :to, :labels, :right, :figures::jsonb) ON CONFLICT DO NOTHING
                """)
                .param("model", window.model()).param("version", window.version()).param("slice", window.slice())
                .param("sequence", window.sequence()).param("from", Timestamp.from(window.from()))
                .param("to", Timestamp.from(window.to())).param("labels", window.labels()).param("right", window.right())
                .param("figures", json.writeValueAsString(window.figures())).update();
    }

    void calibrate(String model, long version, Calibration calibration, Instant now) {
        jdbc.sql("""
                INSERT INTO calibration (model, version, counts, updated) VALUES (:model, :version, :counts::jsonb, :now)
                ON CONFLICT (model, version) DO UPDATE SET counts = excluded.counts, updated = excluded.updated
                """)
                .param("model", model).param("version", version).param("counts", json.writeValueAsString(calibration))
                .param("now", Timestamp.from(now)).update();
    }

    Optional<Calibration> calibration(String model, long version) {
        return jdbc.sql("SELECT counts FROM calibration WHERE model = :model AND version = :version")
                .param("model", model).param("version", version)
                .query((row, index) -> json.readValue(row.getString("counts"), Calibration.class)).optional();
    }

    /** Of all versions, newest first. */
    List<Accuracy> newest(String model, String slice, int limit) {
        return jdbc.sql("""
                SELECT version, slice, sequence, started, ended, labels, right_ones, figures FROM accuracy_window
                WHERE model = :model AND slice = :slice ORDER BY ended DESC, sequence DESC LIMIT :limit
                """).param("model", model).param("slice", slice).param("limit", limit).query(this::accuracy).list();
    }

    /** Of all labels of a version. */
    Optional<Accuracy> newestOf(String model, long version) {
        return jdbc.sql("""
                SELECT version, slice, sequence, started, ended, labels, right_ones, figures FROM accuracy_window
                WHERE model = :model AND version = :version AND slice = '' ORDER BY sequence DESC LIMIT 1
                """).param("model", model).param("version", version).query(this::accuracy).optional();
    }

    private Accuracy accuracy(ResultSet row, int index) throws SQLException {
        long labels = row.getLong("labels");
        long right = row.getLong("right_ones");
        Map<String, Double> figures = json.readValue(row.getString("figures"), FIGURES);
        // Windows from before figures were kept are of classes.
        Double share = figures.isEmpty() && labels > 0 ? Double.valueOf((double) right / labels) : figures.get("accuracy");
        return new Accuracy(row.getLong("version"), row.getString("slice"), row.getLong("sequence"),
                row.getTimestamp("started").toInstant(), row.getTimestamp("ended").toInstant(), labels, right, share, figures);
    }
}

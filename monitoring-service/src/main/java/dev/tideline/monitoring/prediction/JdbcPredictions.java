package dev.tideline.monitoring.prediction;

import dev.tideline.monitoring.predictionlog.PredictionHead;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whereabouts and outcomes in PostgreSQL, in one partition of each table per day (UTC) of arrival. */
@Component
final class JdbcPredictions {

    /** Serialises the making and dropping of partitions by several instances. */
    private static final long PARTITION_LOCK = 0x7469646531L;

    private final JdbcClient jdbc;

    JdbcPredictions(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A label as it came. */
    record Outcome(String id, Instant at, String label) {}

    static LocalDate day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    /** Within a transaction of its own. */
    void addDay(LocalDate day) {
        lockPartitions();
        for (String table : List.of("prediction", "reported_outcome")) {
            // A date's text form cannot be anything but digits and hyphens, and DDL takes no parameters.
            jdbc.sql("CREATE TABLE IF NOT EXISTS " + partition(table, day) + " PARTITION OF " + table
                    + " FOR VALUES FROM ('" + day + "') TO ('" + day.plusDays(1) + "')").update();
        }
        jdbc.sql("INSERT INTO recorded_day (day, rows) VALUES (:day, 0) ON CONFLICT DO NOTHING").param("day", Date.valueOf(day)).update();
    }

    /** Within a transaction of its own. */
    void dropDay(LocalDate day) {
        lockPartitions();
        jdbc.sql("DROP TABLE IF EXISTS " + partition("prediction", day) + ", " + partition("reported_outcome", day)).update();
        jdbc.sql("DELETE FROM recorded_day WHERE day = :day").param("day", Date.valueOf(day)).update();
    }

    /** Days with partitions, the oldest first. */
    List<LocalDate> days() {
        return jdbc.sql("SELECT day FROM recorded_day ORDER BY day").query((row, index) -> row.getDate("day").toLocalDate()).list();
    }

    long rows() {
        return jdbc.sql("SELECT coalesce(sum(rows), 0) FROM recorded_day").query(Long.class).single();
    }

    /** Adds those that are not there yet; all of one day, which has its partitions. */
    int add(LocalDate day, List<Whereabouts> predictions) {
        return count(day, jdbc.sql("""
                INSERT INTO prediction (id, day, at, model, version, signature, schema_fingerprint, kafka_partition, kafka_offset)
                SELECT id, :day, at::timestamptz, model, version, signature, fingerprint, partition, position
                FROM unnest(:ids::text[], :ats::text[], :models::text[], :versions::bigint[], :signatures::text[], :fingerprints::text[],
                            :partitions::int[], :offsets::bigint[])
                     AS row (id, at, model, version, signature, fingerprint, partition, position)
                ON CONFLICT DO NOTHING
                """)
                .param("day", Date.valueOf(day)).param("ids", texts(predictions, row -> row.head().id()))
                .param("ats", texts(predictions, row -> row.head().time().toString()))
                .param("models", texts(predictions, row -> row.head().model()))
                .param("versions", predictions.stream().map(row -> row.head().version()).toArray(Long[]::new))
                .param("signatures", texts(predictions, row -> row.head().signature()))
                .param("fingerprints", texts(predictions, row -> row.head().schemaFingerprint()))
                .param("partitions", predictions.stream().map(Whereabouts::partition).toArray(Integer[]::new))
                .param("offsets", predictions.stream().map(Whereabouts::offset).toArray(Long[]::new)).update());
    }

    /** Adds the labels of predictions that have none of that day yet. */
    int addOutcomes(LocalDate day, List<Outcome> outcomes) {
        return count(day, jdbc.sql("""
                INSERT INTO reported_outcome (id, day, at, label)
                SELECT id, :day, at::timestamptz, label FROM unnest(:ids::text[], :ats::text[], :labels::text[]) AS row (id, at, label)
                ON CONFLICT DO NOTHING
                """)
                .param("day", Date.valueOf(day)).param("ids", texts(outcomes, Outcome::id))
                .param("ats", texts(outcomes, outcome -> outcome.at().toString()))
                .param("labels", texts(outcomes, Outcome::label)).update());
    }

    /** The first prediction of that id; a client that gives an id twice means the same one. */
    Optional<Whereabouts> find(String id) {
        return jdbc.sql("""
                SELECT id, day, at, model, version, signature, schema_fingerprint, kafka_partition, kafka_offset
                FROM prediction WHERE id = :id ORDER BY day LIMIT 1
                """).param("id", id)
                .query((row, index) -> new Whereabouts(new PredictionHead(row.getString("id"), row.getString("model"), row.getLong("version"),
                        row.getTimestamp("at").toInstant(), row.getString("signature"), row.getString("schema_fingerprint")),
                        row.getDate("day").toLocalDate().atStartOfDay(ZoneOffset.UTC).toInstant(), row.getInt("kafka_partition"),
                        row.getLong("kafka_offset"))).optional();
    }

    /** The first label of a prediction. */
    Optional<Outcome> outcome(String id) {
        return jdbc.sql("SELECT id, at, label FROM reported_outcome WHERE id = :id ORDER BY day LIMIT 1").param("id", id)
                .query((row, index) -> new Outcome(row.getString("id"), row.getTimestamp("at").toInstant(), row.getString("label"))).optional();
    }

    private int count(LocalDate day, int added) {
        if (added > 0) {
            jdbc.sql("UPDATE recorded_day SET rows = rows + :added WHERE day = :day")
                    .param("added", added).param("day", Date.valueOf(day)).update();
        }
        return added;
    }

    private void lockPartitions() {
        jdbc.sql("SELECT pg_advisory_xact_lock(:key)").param("key", PARTITION_LOCK).query().listOfRows();
    }

    private static String partition(String table, LocalDate day) {
        return table + "_" + day.toString().replace("-", "");
    }

    private static <T> String[] texts(List<T> rows, Function<T, String> text) {
        return rows.stream().map(text).toArray(String[]::new);
    }
}

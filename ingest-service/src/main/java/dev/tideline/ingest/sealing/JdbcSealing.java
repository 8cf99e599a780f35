package dev.tideline.ingest.sealing;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sealing rules in PostgreSQL. Leases are counted by the database's clock, which all instances share. */
@Component
final class JdbcSealing {

    /**
     * @param json     the rule as it was given
     * @param decision null before the first
     */
    record Row(JsonNode json, @Nullable Instant nextDue, @Nullable Decision decision) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcSealing(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** A changed rule starts anew: points of the old schedule are forgotten. The last decision stays to be seen. */
    void put(String dataset, JsonNode rule, @Nullable Instant nextDue, Instant now) {
        jdbc.sql("""
                insert into dataset_sealing (dataset, rule, changed_at, next_due) values (:dataset, cast(:rule as jsonb), :now, :due)
                on conflict (dataset) do update
                   set rule = excluded.rule, changed_at = excluded.changed_at, lease_until = null,
                       next_due = case when dataset_sealing.rule = excluded.rule then dataset_sealing.next_due else excluded.next_due end
                """)
                .param("dataset", dataset).param("rule", rule.toString()).param("now", now.atOffset(ZoneOffset.UTC))
                .param("due", nextDue == null ? null : nextDue.atOffset(ZoneOffset.UTC)).update();
    }

    boolean delete(String dataset) {
        return jdbc.sql("delete from dataset_sealing where dataset = ?").param(dataset).update() == 1;
    }

    Optional<Row> find(String dataset) {
        return jdbc.sql("select rule, next_due, decision from dataset_sealing where dataset = ?").param(dataset)
                .query((row, number) -> new Row(json.readTree(row.getString("rule")), instant(row.getTimestamp("next_due")),
                        row.getString("decision") == null ? null : json.readValue(row.getString("decision"), Decision.class)))
                .optional();
    }

    /** Datasets with a rule that nobody acts on. */
    List<String> free() {
        return jdbc.sql("select dataset from dataset_sealing where lease_until is null or lease_until < now() order by dataset")
                .query(String.class).list();
    }

    /** Takes the lease of a rule; false when somebody else has it, or the rule is gone. */
    boolean lease(String dataset, Duration lease) {
        return jdbc.sql("""
                update dataset_sealing set lease_until = now() + make_interval(secs => ?)
                 where dataset = ? and (lease_until is null or lease_until < now())
                """)
                .params(lease.toMillis() / 1000.0, dataset).update() == 1;
    }

    void release(String dataset) {
        jdbc.sql("update dataset_sealing set lease_until = null where dataset = ?").param(dataset).update();
    }

    /**
     * Writes down what became of a turn and gives the lease back, at once or after {@code pause}. The schedule moves on from the
     * point that was decided for, unless somebody changed the rule meanwhile.
     */
    void decided(String dataset, Decision decision, @Nullable Instant was, @Nullable Instant nextDue, Duration pause) {
        jdbc.sql("""
                update dataset_sealing
                   set decision = cast(:decision as jsonb),
                       next_due = case when next_due is not distinct from cast(:was as timestamptz) then :next else next_due end,
                       lease_until = case when :pause = 0 then null else now() + make_interval(secs => :pause) end
                 where dataset = :dataset
                """)
                .param("decision", json.writeValueAsString(decision)).param("dataset", dataset).param("pause", pause.toMillis() / 1000.0)
                .param("was", was == null ? null : was.atOffset(ZoneOffset.UTC))
                .param("next", nextDue == null ? null : nextDue.atOffset(ZoneOffset.UTC)).update();
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}

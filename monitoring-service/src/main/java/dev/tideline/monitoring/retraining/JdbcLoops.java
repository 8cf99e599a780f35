package dev.tideline.monitoring.retraining;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** State, transitions and policies of all loops in PostgreSQL. */
@Component
final class JdbcLoops {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final PolicyReader policies;

    JdbcLoops(JdbcClient jdbc, JsonMapper json, PolicyReader policies) {
        this.jdbc = jdbc;
        this.json = json;
        this.policies = policies;
    }

    /** The state of {@code model}, locked until the end of the transaction; made when there is none. */
    LoopState lock(String model, Instant now) {
        jdbc.sql("INSERT INTO model_loop (model, state, updated) VALUES (:model, :state::jsonb, :now) ON CONFLICT DO NOTHING")
                .param("model", model).param("state", json.writeValueAsString(LoopState.initial(model, now)))
                .param("now", Timestamp.from(now)).update();
        return jdbc.sql("SELECT state FROM model_loop WHERE model = :model FOR UPDATE")
                .param("model", model).query((row, index) -> read(row.getString("state"))).single();
    }

    Optional<LoopState> find(String model) {
        return jdbc.sql("SELECT state FROM model_loop WHERE model = :model")
                .param("model", model).query((row, index) -> read(row.getString("state"))).optional();
    }

    List<String> models() {
        return jdbc.sql("SELECT model FROM model_loop ORDER BY model").query(String.class).list();
    }

    void save(LoopState state, Instant now) {
        jdbc.sql("UPDATE model_loop SET state = :state::jsonb, updated = :now WHERE model = :model")
                .param("model", state.model()).param("state", json.writeValueAsString(state))
                .param("now", Timestamp.from(now)).update();
    }

    void append(String model, Transition transition, Instant now) {
        jdbc.sql("""
                INSERT INTO transition (model, at, from_phase, to_phase, reason, evidence)
                VALUES (:model, :at, :from, :to, :reason, :evidence::jsonb)
                """)
                .param("model", model).param("at", Timestamp.from(now)).param("from", transition.from().name())
                .param("to", transition.to().name()).param("reason", transition.reason())
                .param("evidence", json.writeValueAsString(transition.evidence())).update();
    }

    /** True the first time that {@code event} is seen. */
    boolean isNew(String event, Instant now) {
        return jdbc.sql("INSERT INTO handled_event (id, at) VALUES (:id, :at) ON CONFLICT DO NOTHING")
                .param("id", event).param("at", Timestamp.from(now)).update() == 1;
    }

    void forgetEventsBefore(Instant time) {
        jdbc.sql("DELETE FROM handled_event WHERE at < :time").param("time", Timestamp.from(time)).update();
    }

    Optional<RetrainingPolicy> policy(String model) {
        return jdbc.sql("SELECT policy FROM retraining_policy WHERE model = :model").param("model", model)
                .query((row, index) -> policies.stored(row.getString("policy"))).optional();
    }

    void savePolicy(String model, RetrainingPolicy policy, Instant now) {
        jdbc.sql("""
                INSERT INTO retraining_policy (model, policy, updated) VALUES (:model, :policy::jsonb, :now)
                ON CONFLICT (model) DO UPDATE SET policy = excluded.policy, updated = excluded.updated
                """)
                .param("model", model).param("policy", json.writeValueAsString(policy))
                .param("now", Timestamp.from(now)).update();
    }

    private LoopState read(String state) {
        return json.readValue(state, LoopState.class);
    }
}

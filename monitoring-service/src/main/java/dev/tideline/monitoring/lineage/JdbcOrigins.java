package dev.tideline.monitoring.lineage;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import java.sql.Timestamp;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Requests, jobs and origins in PostgreSQL. What is there already is left as it is. */
@Component
final class JdbcOrigins {

    private static final TypeReference<Map<String, Double>> EVIDENCE = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcOrigins(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void add(TrainingRequest request) {
        jdbc.sql("""
                INSERT INTO training_request (id, model, at, trigger, reason, evidence, data_window)
                VALUES (:id, :model, :at, :trigger, :reason, :evidence::jsonb, :window::jsonb) ON CONFLICT DO NOTHING
                """)
                .param("id", request.id()).param("model", request.model()).param("at", Timestamp.from(request.time()))
                .param("trigger", request.trigger().name()).param("reason", request.reason())
                .param("evidence", json.writeValueAsString(request.evidence()))
                .param("window", json.writerFor(DataWindow.class).writeValueAsString(request.window())).update();
    }

    void add(TrainingProgress progress) {
        jdbc.sql("""
                INSERT INTO training_job (job, model, request, at) VALUES (:job, :model, :request, :at) ON CONFLICT DO NOTHING
                """)
                .param("job", progress.job()).param("model", progress.model()).param("request", progress.request())
                .param("at", Timestamp.from(progress.time())).update();
    }

    void add(Origin origin) {
        jdbc.sql("INSERT INTO version_origin (model, version, origin) VALUES (:model, :version, :origin::jsonb) ON CONFLICT DO NOTHING")
                .param("model", origin.model()).param("version", origin.version())
                .param("origin", json.writeValueAsString(origin)).update();
    }

    Optional<Origin> origin(String model, long version) {
        return jdbc.sql("SELECT origin FROM version_origin WHERE model = :model AND version = :version")
                .param("model", model).param("version", version)
                .query((row, index) -> json.readValue(row.getString("origin"), Origin.class)).optional();
    }

    /** The request behind {@code job}; empty when nobody but a person over HTTP asked for it, or it is not known. */
    Optional<Cause> cause(String job) {
        return jdbc.sql("""
                SELECT r.id, r.at, r.trigger, r.reason, r.evidence, r.data_window
                FROM training_job j JOIN training_request r ON r.id = j.request WHERE j.job = :job
                """).param("job", job)
                .query((row, index) -> new Cause(row.getString("id"), row.getTimestamp("at").toInstant(),
                        TrainingRequest.Trigger.valueOf(row.getString("trigger")), row.getString("reason"),
                        json.readValue(row.getString("evidence"), EVIDENCE),
                        json.readValue(row.getString("data_window"), DataWindow.class))).optional();
    }
}

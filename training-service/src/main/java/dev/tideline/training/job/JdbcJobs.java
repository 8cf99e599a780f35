package dev.tideline.training.job;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.TrainingProgress.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code job}. Leases are counted by the database's clock, which all instances share. */
@Component
final class JdbcJobs {

    private static final TypeReference<TreeMap<String, Double>> METRICS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcJobs(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** False, and nothing changed, when the request id is known or the model has an active job. */
    boolean insert(Job job) {
        return jdbc.sql("""
                INSERT INTO job (id, model, request_id, trigger, reason, data_window, definition, definition_hash, state, message,
                    priority, workers, elastic, hold, created_at, finished_at)
                VALUES (:id, :model, :request, :trigger, :reason, :window::jsonb, :definition::jsonb, :hash, :state, :message,
                    :priority, :workers, :elastic, :hold, :createdAt, :finishedAt)
                ON CONFLICT DO NOTHING""")
            .param("id", job.id()).param("model", job.model()).param("request", job.requestId()).param("trigger", job.trigger())
            .param("reason", job.reason()).param("window", json.writeValueAsString(job.window()))
            .param("definition", job.definition() == null ? null : job.definition().toString()).param("hash", job.definitionHash())
            .param("state", job.state().name()).param("message", job.message()).param("priority", job.priority())
            .param("workers", job.workers()).param("elastic", job.elastic()).param("hold", job.hold())
            .param("createdAt", job.createdAt().atOffset(ZoneOffset.UTC))
            .param("finishedAt", job.finishedAt() == null ? null : job.finishedAt().atOffset(ZoneOffset.UTC)).update() == 1;
    }

    Optional<Job> find(String id) {
        return jdbc.sql("SELECT * FROM job WHERE id = :id").param("id", id).query(this::job).optional();
    }

    boolean knowsRequest(String requestId) {
        return jdbc.sql("SELECT count(*) FROM job WHERE request_id = :id").param("id", requestId).query(Long.class).single() > 0;
    }

    Optional<Job> active(String model) {
        return jdbc.sql("""
                SELECT * FROM job WHERE model = :model
                AND state IN ('QUEUED', 'PREPARING', 'TRAINING', 'EVALUATING', 'PUBLISHING')""")
            .param("model", model).query(this::job).optional();
    }

    /** The job of request {@code requestId} whose candidate waits for a person; locked. */
    Optional<Job> held(String requestId) {
        return jdbc.sql("SELECT * FROM job WHERE request_id = :id AND state = 'HELD' FOR UPDATE").param("id", requestId).query(this::job).optional();
    }

    /** Ends the wait of a held job. */
    void decided(String id, State state, String message) {
        jdbc.sql("UPDATE job SET state = :state, message = :message WHERE id = :id AND state = 'HELD'")
            .param("id", id).param("state", state.name()).param("message", message).update();
    }

    /** Newest first. */
    List<Job> list(@Nullable String model, int limit) {
        return jdbc.sql("""
                SELECT * FROM job WHERE (:model::text IS NULL OR model = :model) ORDER BY created_at DESC, id LIMIT :limit""")
            .param("model", model).param("limit", limit).query(this::job).list();
    }

    /**
     * Takes the next job that waits, or whose owner has fallen silent. While the database was away no owner could be heard: for
     * {@code grace} after its start none counts as silent.
     */
    Optional<Job> lease(String owner, Duration lease, Duration grace, Instant now) {
        return jdbc.sql("""
                UPDATE job SET state = 'PREPARING', owner = :owner, attempt = attempt + 1, message = NULL,
                    lease_until = now() + make_interval(secs => :seconds),
                    started_at = coalesce(started_at, :now)
                WHERE id = (
                    SELECT id FROM job
                    WHERE state = 'QUEUED' AND (not_before IS NULL OR not_before <= now())
                       OR (state IN ('PREPARING', 'TRAINING', 'EVALUATING', 'PUBLISHING') AND lease_until < now()
                           AND pg_postmaster_start_time() + make_interval(secs => :grace) < now())
                    ORDER BY priority DESC, created_at
                    LIMIT 1 FOR UPDATE SKIP LOCKED)
                RETURNING *""")
            .param("owner", owner).param("seconds", lease.toMillis() / 1000.0).param("grace", grace.toMillis() / 1000.0)
            .param("now", now.atOffset(ZoneOffset.UTC)).query(this::job).optional();
    }

    /**
     * Counts one more attempt that starts from a checkpoint of {@code step}, 0 for none. One that starts further on than those before
     * begins the count anew: a long training may be interrupted as often as it gets further.
     */
    void begin(String id, String owner, long step) {
        jdbc.sql("""
                UPDATE job SET fruitless = CASE WHEN :step > reached_step THEN 1 ELSE fruitless + 1 END,
                    reached_step = greatest(reached_step, :step)
                WHERE id = :id AND owner = :owner""")
            .param("id", id).param("owner", owner).param("step", step).update();
    }

    /**
     * Prolongs a lease.
     *
     * @return whether cancellation was asked for; empty when the lease is lost
     */
    Optional<Boolean> heartbeat(String id, String owner, Duration lease) {
        return jdbc.sql("""
                UPDATE job SET lease_until = now() + make_interval(secs => :seconds)
                WHERE id = :id AND owner = :owner AND state IN ('PREPARING', 'TRAINING', 'EVALUATING', 'PUBLISHING')
                RETURNING cancel_requested""")
            .param("id", id).param("owner", owner).param("seconds", lease.toMillis() / 1000.0).query(Boolean.class).optional();
    }

    /**
     * Moves an owned job on; false when it is not owned any more, or neither in {@code from} nor in {@code to}: the answer to a first
     * try may have been lost with the connection.
     *
     * @param message replaces the job's message unless null
     */
    boolean move(String id, String owner, State from, State to, @Nullable String message) {
        return jdbc.sql("""
                UPDATE job SET state = :to, message = coalesce(:message, message)
                WHERE id = :id AND owner = :owner AND state IN (:from, :to)""")
            .param("id", id).param("owner", owner).param("from", from.name()).param("to", to.name()).param("message", message)
            .update() == 1;
    }

    boolean reserve(String id, String owner, long version) {
        return jdbc.sql("UPDATE job SET version = :version WHERE id = :id AND owner = :owner AND version IS NULL")
            .param("id", id).param("owner", owner).param("version", version).update() == 1;
    }

    void dataset(String id, String owner, long version) {
        jdbc.sql("UPDATE job SET dataset_version = :version WHERE id = :id AND owner = :owner")
            .param("id", id).param("owner", owner).param("version", version).update();
    }

    void progress(String id, String owner, Job.Progress progress, Map<String, Double> metrics) {
        jdbc.sql("""
                UPDATE job SET epoch = :epoch, epochs = :epochs, step = :step, total_steps = :total,
                    examples_per_second = :speed, eta_seconds = :eta, metrics = :metrics::jsonb
                WHERE id = :id AND owner = :owner""")
            .param("id", id).param("owner", owner).param("epoch", progress.epoch()).param("epochs", progress.epochs())
            .param("step", progress.step()).param("total", progress.totalSteps()).param("speed", progress.examplesPerSecond())
            .param("eta", progress.etaSeconds()).param("metrics", json.writeValueAsString(metrics)).update();
    }

    /** Ends an owned job; false when it is not owned any more. */
    boolean finish(String id, String owner, State state, @Nullable String message, Map<String, Double> metrics, Instant now) {
        return jdbc.sql("""
                UPDATE job SET state = :state, message = :message, owner = NULL, lease_until = NULL, finished_at = :now,
                    eta_seconds = 0, metrics = metrics || :metrics::jsonb
                WHERE id = :id AND owner = :owner""")
            .param("id", id).param("owner", owner).param("state", state.name()).param("message", message)
            .param("metrics", json.writeValueAsString(metrics)).param("now", now.atOffset(ZoneOffset.UTC)).update() == 1;
    }

    /**
     * Gives an owned job back to the queue.
     *
     * @param counts false when the job is not to blame
     * @param pause           nobody takes it before
     */
    boolean release(String id, String owner, @Nullable String message, boolean counts, Duration pause) {
        return jdbc.sql("""
                UPDATE job SET state = 'QUEUED', message = :message, owner = NULL, lease_until = NULL,
                    not_before = now() + make_interval(secs => :pause), fruitless = fruitless - CASE WHEN :counts OR fruitless = 0 THEN 0 ELSE 1 END
                WHERE id = :id AND owner = :owner""")
            .param("id", id).param("owner", owner).param("message", message).param("counts", counts)
            .param("pause", pause.toMillis() / 1000.0).update() == 1;
    }

    /** Cancels a job that nobody has begun. */
    boolean cancelQueued(String id, Instant now) {
        return jdbc.sql("""
                UPDATE job SET state = 'CANCELLED', message = 'cancelled before it began', finished_at = :now
                WHERE id = :id AND state = 'QUEUED'""")
            .param("id", id).param("now", now.atOffset(ZoneOffset.UTC)).update() == 1;
    }

    /** Those of the jobs {@code ids} that have been over since before {@code bound}. */
    List<String> finishedBefore(List<String> ids, Instant bound) {
        return jdbc.sql("""
                SELECT id FROM job WHERE id IN (:ids) AND finished_at < :bound
                AND state NOT IN ('QUEUED', 'PREPARING', 'TRAINING', 'EVALUATING', 'PUBLISHING')""")
            .param("ids", ids).param("bound", bound.atOffset(ZoneOffset.UTC)).query(String.class).list();
    }

    /** Asks the owner of a running job to stop it. */
    boolean requestCancel(String id) {
        return jdbc.sql("""
                UPDATE job SET cancel_requested = true
                WHERE id = :id AND state IN ('PREPARING', 'TRAINING', 'EVALUATING', 'PUBLISHING')""")
            .param("id", id).update() == 1;
    }

    private Job job(ResultSet row, int number) throws SQLException {
        var definition = row.getString("definition");
        return new Job(row.getString("id"), row.getString("model"), row.getString("request_id"), row.getString("trigger"),
            row.getString("reason"), json.readValue(row.getString("data_window"), DataWindow.class),
            definition == null ? null : json.readTree(definition), row.getString("definition_hash"),
            State.valueOf(row.getString("state")), row.getString("message"), row.getInt("priority"),
            row.getInt("workers"), row.getBoolean("elastic"), row.getBoolean("hold"), row.getInt("attempt"), new Job.Tries(row.getInt("fruitless"), row.getLong("reached_step")),
            row.getObject("version", Long.class), row.getObject("dataset_version", Long.class),
            new Job.Progress(row.getInt("epoch"), row.getInt("epochs"), row.getLong("step"), row.getLong("total_steps"),
                row.getDouble("examples_per_second"), row.getDouble("eta_seconds")),
            json.readValue(row.getString("metrics"), METRICS), row.getTimestamp("created_at").toInstant(),
            instant(row.getTimestamp("started_at")), instant(row.getTimestamp("finished_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }
}

package dev.tideline.training.job;

import dev.tideline.contracts.TrainingProgress;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code job_event}: the events of each job in order, whichever instance runs it. */
@Component
final class JdbcJobFeed {

    static final String STATE = "state";
    static final String PROGRESS = "progress";
    private static final int FIGURES_KEPT = 500;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcJobFeed(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * One event.
     *
     * @param id   rises within a job
     * @param kind {@link #STATE} or {@link #PROGRESS}
     * @param data a {@link TrainingProgress} as JSON
     */
    record Entry(long id, String kind, String data) {}

    void append(String kind, TrainingProgress event) {
        long id = jdbc.sql("INSERT INTO job_event (job, kind, data) VALUES (:job, :kind, :data) RETURNING id")
            .param("job", event.job()).param("kind", kind).param("data", json.writeValueAsString(event)).query(Long.class).single();
        if (kind.equals(PROGRESS) && id % FIGURES_KEPT == 0) {
            jdbc.sql("""
                    DELETE FROM job_event WHERE job = :job AND kind = 'progress' AND id < (
                        SELECT min(id) FROM (SELECT id FROM job_event WHERE job = :job ORDER BY id DESC LIMIT :kept) AS newest)""")
                .param("job", event.job()).param("kept", FIGURES_KEPT).update();
        }
    }

    /** The first {@code limit} events of a job after {@code id}. */
    List<Entry> after(String job, long id, int limit) {
        return jdbc.sql("SELECT id, kind, data FROM job_event WHERE job = :job AND id > :id ORDER BY id LIMIT :limit")
            .param("job", job).param("id", id).param("limit", limit).query(Entry.class).list();
    }
}

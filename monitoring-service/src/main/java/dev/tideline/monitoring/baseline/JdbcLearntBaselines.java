package dev.tideline.monitoring.baseline;

import dev.tideline.features.Baseline;
import dev.tideline.features.BaselineCodec;
import dev.tideline.monitoring.signal.Signal.BaselineLearnt;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Baselines that were learnt from the first predictions of a version, in PostgreSQL. The first one of a version stays. */
@Component
public final class JdbcLearntBaselines {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcLearntBaselines(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public void handle(BaselineLearnt learnt, Instant now) {
        jdbc.sql("""
                INSERT INTO learnt_baseline (model, version, rows, started, ended, baselines, learnt)
                VALUES (:model, :version, :rows, :from, :to, :baselines::json, :now) ON CONFLICT DO NOTHING
                """)
                .param("model", learnt.model()).param("version", learnt.version()).param("rows", learnt.rows())
                .param("from", Timestamp.from(learnt.from())).param("to", Timestamp.from(learnt.to()))
                .param("baselines", learnt.baselines()).param("now", Timestamp.from(now)).update();
    }

    Optional<SortedMap<String, Baseline>> find(String model, long version) {
        return jdbc.sql("SELECT baselines FROM learnt_baseline WHERE model = :model AND version = :version")
                .param("model", model).param("version", version)
                .query((row, index) -> BaselineCodec.read(json.readTree(row.getString("baselines")))).optional();
    }
}

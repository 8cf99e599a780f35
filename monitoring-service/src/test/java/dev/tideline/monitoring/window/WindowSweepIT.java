package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.monitoring.drift.Background;
import dev.tideline.monitoring.support.ServiceTest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

class WindowSweepIT extends ServiceTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant LIMIT = LONG_AGO.plus(Duration.ofDays(30));

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JdbcWindows windows;

    @Test
    void windowsOfAVersionThatNoLongerAnswersAreForgotten() {
        judged("forgotten", 1, LONG_AGO, "STABLE");
        judged("forgotten", 2, LONG_AGO, "DRIFT");
        windows.forget(LIMIT);
        assertThat(kept("forgotten")).isZero();
    }

    @Test
    void whatALivingVersionIsComparedWithIsKept() {
        int old = Background.REFERENCE_WINDOWS + 5;
        for (int i = 1; i <= old; i++) {
            judged("living", i, LONG_AGO, "STABLE");
        }
        judged("living", old + 1, LONG_AGO, "DRIFT");
        judged("living", old + 2, LIMIT, "DRIFT");
        windows.forget(LIMIT);
        assertThat(jdbc.sql("SELECT sequence FROM prediction_window WHERE model = 'living' ORDER BY sequence").query(Long.class).list())
                .hasSize(Background.REFERENCE_WINDOWS + 1).startsWith(1L, 2L).endsWith(old + 2L);
    }

    private void judged(String model, long sequence, Instant judged, String status) {
        jdbc.sql("""
                INSERT INTO prediction_window (model, version, sequence, started, ended, rows, closed_by, status, reason, features, profiles, judged)
                VALUES (:model, 1, :sequence, :judged, :judged, 500, 'ROWS', :status, '', '[]', ''::bytea, :judged)
                """).param("model", model).param("sequence", sequence).param("status", status).param("judged", Timestamp.from(judged)).update();
    }

    private long kept(String model) {
        return jdbc.sql("SELECT count(*) FROM prediction_window WHERE model = :model").param("model", model).query(Long.class).single();
    }
}

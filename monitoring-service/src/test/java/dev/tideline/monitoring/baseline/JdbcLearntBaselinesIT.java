package dev.tideline.monitoring.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Baseline;
import dev.tideline.features.BaselineCodec;
import dev.tideline.monitoring.signal.Signal.BaselineLearnt;
import dev.tideline.testing.TestPostgres;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.json.JsonMapper;

class JdbcLearntBaselinesIT {

    private static final Instant TIME = Instant.parse("2026-11-01T00:00:00Z");
    private static JdbcLearntBaselines baselines;

    @BeforeAll
    static void migrate() {
        var database = new DriverManagerDataSource(TestPostgres.database().jdbcUrl("monitoring"), TestPostgres.shared().username(),
                TestPostgres.shared().password());
        Flyway.configure().dataSource(database).schemas("monitoring").load().migrate();
        baselines = new JdbcLearntBaselines(JdbcClient.create(database), JsonMapper.shared());
    }

    private static void learn(String model, String... values) {
        var kind = new Baseline.Categorical(List.of(values), new long[values.length], 0, 0);
        baselines.handle(new BaselineLearnt(model, 1, 10, TIME, TIME.plusSeconds(10),
                BaselineCodec.write(new TreeMap<>(Map.of("kind", kind))).toString()), TIME);
    }

    private static Optional<List<String>> values(String model, long version) {
        return baselines.find(model, version).map(found -> ((Baseline.Categorical) found.get("kind")).values());
    }

    @Test
    void keepsWhateverTextPeopleAskWith() {
        learn("strange", "a\0b", "\"quoted\"", "Ω");

        assertThat(values("strange", 1)).contains(List.of("a\0b", "\"quoted\"", "Ω"));
    }

    @Test
    void theFirstBaselineStays() {
        learn("twice", "first");
        learn("twice", "second");

        assertThat(values("twice", 1)).contains(List.of("first"));
    }

    @Test
    void knowsNothingOfOtherVersions() {
        learn("other", "a");

        assertThat(values("other", 2)).isEmpty();
    }
}

package dev.tideline.starter.database;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.starter.Lonely;
import dev.tideline.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** PostgreSQL holds the connection and says nothing for longer than the bound. */
class SilentDatabaseIT {

    @Test
    void isGivenUpThoughTheAddressSetsNoBound() {
        try (ConfigurableApplicationContext service = Lonely.start("spring.datasource.url=" + TestPostgres.database().jdbcUrl("public"),
                "spring.datasource.password=" + TestPostgres.shared().password(), "spring.datasource.hikari.connection-timeout=30000",
                "spring.datasource.hikari.data-source-properties[socketTimeout]=1")) {
            JdbcClient jdbc = service.getBean(JdbcClient.class);

            // Without a bound it would answer in the end.
            assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> jdbc.sql("SELECT pg_sleep(20)").query().singleRow())
                    .havingRootCause().withMessageContaining("timed out");
        }
    }
}

package dev.tideline.training.support;

import dev.tideline.testing.TestPostgres;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The service's tables in an empty database, without the service. */
public final class Database {

    private Database() {}

    public static JdbcClient migrated() {
        var postgres = TestPostgres.shared();
        var source = new DriverManagerDataSource(TestPostgres.database().jdbcUrl("training"), postgres.username(), postgres.password());
        Flyway.configure().dataSource(source).schemas("training").load().migrate();
        return JdbcClient.create(source);
    }
}

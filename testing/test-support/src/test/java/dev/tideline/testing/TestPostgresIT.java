package dev.tideline.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TestPostgresIT {

    @Test
    void keepsItsAddressAndRowsThroughAnOutage() throws Exception {
        var postgres = TestPostgres.shared();
        var url = postgres.jdbcUrl("public");
        execute(url, "CREATE TABLE kept AS SELECT 7 AS value");

        postgres.stop();
        assertThatThrownBy(() -> execute(url, "SELECT 1")).isInstanceOf(SQLException.class);
        postgres.start();

        execute(url, "SELECT value FROM kept");
    }

    @Test
    void givesEachCallerADatabaseOfItsOwn() throws Exception {
        var first = TestPostgres.database();
        var second = TestPostgres.database();

        execute(first.jdbcUrl("public"), "CREATE TABLE mine (id int)");

        assertThat(first).isNotEqualTo(second);
        assertThatThrownBy(() -> execute(second.jdbcUrl("public"), "SELECT * FROM mine")).hasMessageContaining("mine");
    }

    private static void execute(String url, String sql) throws SQLException {
        var postgres = TestPostgres.shared();
        try (var connection = DriverManager.getConnection(url, postgres.username(), postgres.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package dev.tideline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.local.LocalPostgres.Durability;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalPostgresIT {

    @TempDir
    private Path folder;

    @Test
    void keepsRowsAcrossARestart() throws Exception {
        var port = FreePorts.find(1).getFirst();
        try (var postgres = LocalPostgres.start(folder.resolve("data"), port)) {
            execute(postgres.jdbcUrl("ingest"), "CREATE SCHEMA ingest; CREATE TABLE ingest.kept (value text);"
                    + " INSERT INTO kept VALUES ('still here')");
        }

        try (var postgres = LocalPostgres.start(folder.resolve("data"), port)) {
            assertThat(query(postgres.jdbcUrl("ingest"), "SELECT value FROM kept")).isEqualTo("still here");
        }
    }

    @Test
    void makesMoreDatabasesOnDemand() throws Exception {
        try (var postgres = throwaway()) {
            postgres.createDatabase("other");
            postgres.createDatabase("other");

            assertThat(query(postgres.jdbcUrl("other", "public"), "SELECT current_database()")).isEqualTo("other");
        }
    }

    @Test
    void isTheReleaseThatTheServicesAreTestedWith() throws Exception {
        try (var postgres = throwaway()) {
            assertThat(query(postgres.jdbcUrl("public"), "SHOW server_version")).startsWith("18.");
        }
    }

    @Test
    void stopsAServerThatAKilledProcessLeftBehind() throws Exception {
        var ports = FreePorts.find(2);
        var data = folder.resolve("data");
        var forgotten = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false)
                .setPort(ports.get(0)).start();
        var process = PostgresProcess.find(data).orElseThrow();

        PostgresProcess.stop(data);

        assertThat(process.isAlive()).isFalse();
        forgotten.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "garbled"})
    void aPidFileThatACrashDamagedIsNamed(String content) throws Exception {
        var data = Files.createDirectories(folder.resolve("data"));
        Files.writeString(data.resolve("postmaster.pid"), content);

        assertThatThrownBy(() -> LocalPostgres.stopLeftover(data)).isInstanceOf(LocalServerException.class)
                .hasMessageContaining("postmaster.pid").hasMessageContaining("expected: a process id");
    }

    private LocalPostgres throwaway() {
        return LocalPostgres.start(folder.resolve("data"), FreePorts.find(1).getFirst(), Durability.THROWAWAY, null);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(String url, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url, LocalPostgres.USER, LocalPostgres.PASSWORD);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

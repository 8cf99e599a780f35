package dev.tideline.local;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server on loopback, with one database {@code tideline} owned by the user of that name. The
 * data folder outlives it. A server that a killed process left behind on the folder is stopped first. Works as root too.
 */
public final class LocalPostgres implements AutoCloseable {

    public static final String USER = "tideline";
    public static final String PASSWORD = "tideline";
    public static final String DATABASE = "tideline";

    private final EmbeddedPostgres server;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** What a crash of the machine may cost. */
    public enum Durability {
        /** Nothing that was committed. */
        SAFE,
        /** Everything: for data that nobody will ask for again, such as a test's. */
        THROWAWAY
    }

    /** As {@link #start(Path, int, Durability, Path)}, safe, with the server's messages thrown away. */
    public static LocalPostgres start(Path data, int port) {
        return start(data, port, Durability.SAFE, null);
    }

    /**
     * Returns when the server answers and the database exists.
     *
     * @param data folder of the database cluster, made when it is new
     * @param port on 127.0.0.1
     * @param log  file that gets the server's messages; none when null
     * @throws LocalServerException when the folder cannot be used or the port is taken
     */
    public static LocalPostgres start(Path data, int port, Durability durability, @Nullable Path log) {
        try {
            Files.createDirectories(data.toAbsolutePath().getParent());
            PostgresProcess.stop(data);
            var server = builder(data, port, durability, log).start();
            var postgres = new LocalPostgres(server);
            PostgresDatabases.createOwner(server.getPostgresDatabase(), USER, PASSWORD);
            postgres.createDatabase(DATABASE);
            return postgres;
        } catch (IOException | IllegalStateException e) {
            throw new LocalServerException(
                    "PostgreSQL on port " + port + " with data folder " + data + " did not start: " + e.getMessage(), e);
        }
    }

    /** Stops a server that a killed process left behind on {@code data}; nothing happens when there is none. */
    public static void stopLeftover(Path data) {
        try {
            PostgresProcess.stop(data);
        } catch (IOException e) {
            throw new LocalServerException("PostgreSQL with data folder " + data + " is still running: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data, int port, Durability durability, @Nullable Path log) {
        var output = log == null ? Redirect.DISCARD : Redirect.appendTo(log.toFile());
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                // The owner decides the order in which things stop.
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("shared_buffers", "64MB")
                .setServerConfig("max_connections", "120")
                .setServerConfig("max_wal_size", "256MB")
                .setServerConfig("log_min_messages", "warning");
        if (durability == Durability.THROWAWAY) {
            builder.setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off");
        }
        return builder;
    }

    /** Makes a database owned by {@link #USER} unless there is one of that name. */
    public void createDatabase(String name) {
        PostgresDatabases.createDatabase(server.getPostgresDatabase(), name, USER);
    }

    /** JDBC address of {@link #DATABASE} with {@code schema} first on the search path. */
    public String jdbcUrl(String schema) {
        return jdbcUrl(DATABASE, schema);
    }

    /** JDBC address of {@code database} with {@code schema} first on the search path. */
    public String jdbcUrl(String database, String schema) {
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + database + "?currentSchema=" + schema;
    }

    /** Ends open connections and stops the server. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                server.close();
            } catch (IOException e) {
                throw new LocalServerException("PostgreSQL did not stop: " + e.getMessage(), e);
            }
        }
    }
}

package dev.tideline.testing;

import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalPostgres;
import dev.tideline.local.LocalPostgres.Durability;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for tests. {@link #shared()} is started once per JVM and stopped with it; its data is thrown away. For a
 * test of an outage, {@link #stop()} and {@link #start()} it: address and rows stay. Not for parallel tests.
 */
public final class TestPostgres {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static final class Shared {
        private static final TestPostgres INSTANCE = startNew();
    }

    private final Path data;
    private final int port;
    private @Nullable LocalPostgres server;

    private TestPostgres(Path data, int port) {
        this.data = data;
        this.port = port;
    }

    /** An empty database of its own on the shared server. */
    public record Database(String name, int port) {

        public String jdbcUrl(String schema) {
            return "jdbc:postgresql://127.0.0.1:" + port + "/" + name + "?currentSchema=" + schema;
        }
    }

    /** The server of this JVM, started on the first call. */
    public static TestPostgres shared() {
        return Shared.INSTANCE;
    }

    /** A new, empty database on the shared server. */
    public static Database database() {
        var name = "test_" + DATABASES.incrementAndGet();
        shared().running().createDatabase(name);
        return new Database(name, shared().port);
    }

    private static TestPostgres startNew() {
        QuietLogs.apply();
        var postgres = new TestPostgres(
                TemporaryFolders.create("tideline-postgres").resolve("data"), FreePorts.find(1).getFirst());
        TemporaryFolders.beforeRemoval(postgres::stop);
        postgres.start();
        return postgres;
    }

    /** Address of the database {@code tideline}, also while the server is stopped. */
    public String jdbcUrl(String schema) {
        return new Database(LocalPostgres.DATABASE, port).jdbcUrl(schema);
    }

    public String username() {
        return LocalPostgres.USER;
    }

    public String password() {
        return LocalPostgres.PASSWORD;
    }

    /** Starts it again after {@link #stop()}; nothing happens while it runs. */
    public void start() {
        if (server == null) {
            server = LocalPostgres.start(data, port, Durability.THROWAWAY, null);
        }
    }

    /** Takes it away, open connections included; nothing happens while it is stopped. */
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    private LocalPostgres running() {
        if (server == null) {
            throw new IllegalStateException("PostgreSQL is stopped (expected: started)");
        }
        return server;
    }
}

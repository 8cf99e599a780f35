package dev.tideline.ingest.survival;

import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalPostgres;
import dev.tideline.local.LocalPostgres.Durability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** PostgreSQL as a process that can be killed, frozen and started again on its data. */
final class Postgres implements AutoCloseable {

    private final Path data;
    private final Path log;
    private final int port = FreePorts.find(1).getFirst();
    private LocalPostgres server;

    Postgres(Path folder) {
        this.data = folder.resolve("postgres");
        this.log = folder.resolve("postgres.log");
        this.server = LocalPostgres.start(data, port, Durability.SAFE, log);
    }

    /** Also while it is away. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + LocalPostgres.DATABASE
                + "?currentSchema=ingest&connectTimeout=1&socketTimeout=3";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), LocalPostgres.USER, LocalPostgres.PASSWORD);
    }

    /** SIGKILL for the server and all its backends at once: nothing is written down that was not before. */
    void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> backends = postmaster.descendants().toList();
        Signals.kill(postmaster);
        backends.forEach(Signals::kill);
    }

    void start() {
        // Gives up its hold on the folder; there is no server left to stop.
        server.close();
        server = LocalPostgres.start(data, port, Durability.SAFE, log);
    }

    /** The server and its backends hang; connections stay open and nothing answers. */
    void freeze() {
        ProcessHandle postmaster = postmaster();
        Signals.freeze(postmaster);
        postmaster.descendants().forEach(Signals::freeze);
    }

    void thaw() {
        ProcessHandle postmaster = postmaster();
        postmaster.descendants().forEach(Signals::thaw);
        Signals.thaw(postmaster);
    }

    @Override
    public void close() {
        server.close();
    }

    private ProcessHandle postmaster() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst().strip())).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

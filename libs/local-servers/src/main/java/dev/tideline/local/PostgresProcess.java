package dev.tideline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The server process behind a data folder. It is no child of this process, so one that outlived a killed parent holds the folder
 * and the port until somebody stops it.
 */
final class PostgresProcess {

    private static final long STOP_SECONDS = 30;

    private PostgresProcess() {}

    static void stop(Path data) throws IOException {
        var process = find(data);
        if (process.isEmpty()) {
            return;
        }
        var pid = process.get().pid();
        // Interrupt is PostgreSQL's fast stop; terminate would wait for its clients.
        new ProcessBuilder("kill", "-INT", Long.toString(pid)).start();
        try {
            process.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("process " + pid + " of an earlier run still holds it", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The running server of a data folder. */
    static Optional<ProcessHandle> find(Path data) throws IOException {
        var pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        var first = Files.readString(pidFile).lines().findFirst().orElse("").strip();
        try {
            return ProcessHandle.of(Long.parseLong(first)).filter(PostgresProcess::isPostgres);
        } catch (NumberFormatException damaged) {
            // What a crash of the machine, or a full disk, leaves; PostgreSQL refuses it as well.
            throw new IOException(pidFile + ": \"" + first + "\" (expected: a process id; remove the file when no PostgreSQL runs on the folder)", damaged);
        }
    }

    // The process id in a stale file may belong to somebody else by now.
    private static boolean isPostgres(ProcessHandle process) {
        return process.info().command().map(command -> command.contains("postgres")).orElse(false);
    }
}

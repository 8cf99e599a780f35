package dev.tideline.ingest.support;

import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** ingest-service in a process of its own, so that it can be killed. */
public final class ChildService implements AutoCloseable {

    private final Path storage;
    private final String jdbcUrl;
    private final Map<String, String> settings;
    private final Path log;
    private final int port;
    private Process process;

    /** @param settings configuration keys and values */
    public ChildService(Path storage, String jdbcUrl, Path log, Map<String, String> settings) {
        this.storage = storage;
        this.jdbcUrl = jdbcUrl;
        this.settings = settings;
        this.log = log;
        this.port = freePort();
        this.process = launch();
    }

    public IngestClient client() {
        return new IngestClient("http://127.0.0.1:" + port, storage);
    }

    /** Whether it answers and finds its dependencies. */
    public boolean ready() {
        try {
            return client().get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException starting) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ingest-service ended with " + process.exitValue() + ", see " + log, starting);
            }
            return false;
        }
    }

    /** SIGKILL: nothing gets a chance to tidy up. */
    public void kill() {
        process.destroyForcibly();
        join();
    }

    public void restart() {
        process = launch();
    }

    /** SIGTERM. */
    @Override
    public void close() {
        process.destroy();
        join();
    }

    private void join() {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("ingest-service did not end, see " + log);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Process launch() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", System.getProperty("java.class.path"), "dev.tideline.ingest.IngestService",
                "--server.port=" + port, "--spring.kafka.bootstrap-servers=" + TestKafka.shared().bootstrap(),
                "--spring.datasource.url=" + jdbcUrl, "--spring.datasource.username=" + TestPostgres.shared().username(),
                "--spring.datasource.password=" + TestPostgres.shared().password(), "--tideline.storage.root=" + storage));
        settings.forEach((key, value) -> command.add("--" + key + "=" + value));
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString()))).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

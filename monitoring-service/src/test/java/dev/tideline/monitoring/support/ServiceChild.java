package dev.tideline.monitoring.support;

import dev.tideline.local.FreePorts;
import dev.tideline.monitoring.MonitoringService;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The service in a process of its own, so that it can be killed. */
public final class ServiceChild implements AutoCloseable {

    private final Process process;
    private final int port;
    private final Path data;

    private ServiceChild(Process process, int port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
    }

    /** @param name of its consumer groups, its stream processing and its database schema */
    public static ServiceChild start(String name, Path data) {
        int port = FreePorts.find(1).getFirst();
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), MonitoringService.class.getName(),
                "--server.port=" + port, "--logging.structured.format.console=", "--spring.kafka.bootstrap-servers=" + TestKafka.shared().bootstrap(),
                "--spring.kafka.consumer.group-id=" + name, "--spring.flyway.schemas=" + name,
                "--spring.datasource.url=" + TestPostgres.shared().jdbcUrl(name), "--tideline.storage.root=" + data.resolve("storage"),
                "--tideline.parent.pid=" + ProcessHandle.current().pid(), "--tideline.monitoring.streams.application-id=" + name, "--tideline.monitoring.streams.instance=" + name,
                "--tideline.monitoring.streams.state-dir=" + data.resolve("state"), "--tideline.monitoring.streams.threads=1"));
        try {
            File log = data.resolve(name + ".log").toFile();
            return new ServiceChild(new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log)).start(),
                    port, data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A hand on it, once it is ready. */
    public Stage stage() {
        return ServiceTest.stage(port, data.resolve("storage"));
    }

    /** SIGKILL: no shutdown hook runs, no transaction ends. */
    public void kill() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("process " + process.pid() + " lives on after SIGKILL");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    @Override
    public void close() {
        kill();
    }
}

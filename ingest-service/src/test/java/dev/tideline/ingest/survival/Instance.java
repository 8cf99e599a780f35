package dev.tideline.ingest.survival;

import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.IngestService;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalPostgres;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One ingest-service. */
final class Instance implements AutoCloseable {

    private static final Duration BOOT = Duration.ofSeconds(120);

    private final ChildJvm jvm;
    private final Path log;
    private final Path storage;
    private final int port = FreePorts.find(1).getFirst();
    private final List<String> arguments = new ArrayList<>();
    private Process process;

    /** @param settings configuration keys and values */
    Instance(ChildJvm jvm, Path log, String bootstrap, String jdbcUrl, Path storage, Map<String, String> settings) {
        this.jvm = jvm;
        this.log = log;
        this.storage = storage;
        arguments.addAll(List.of("--server.port=" + port, "--spring.kafka.bootstrap-servers=" + bootstrap,
                "--spring.datasource.url=" + jdbcUrl, "--spring.datasource.username=" + LocalPostgres.USER,
                "--spring.datasource.password=" + LocalPostgres.PASSWORD, "--tideline.storage.root=" + storage,
                "--tideline.parent.pid=" + ProcessHandle.current().pid(), "--logging.structured.format.console=",
                "--logging.level.dev.tideline=info", "--logging.level.root=warn"));
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        this.process = launch();
    }

    IngestClient client() {
        return new IngestClient("http://127.0.0.1:" + port, storage);
    }

    /** Whether it answers and finds its dependencies. */
    boolean ready() {
        try {
            return client().get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException starting) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ingest-service ended with " + process.exitValue() + ", see " + log, starting);
            }
            return false;
        }
    }

    void awaitReady() {
        await().atMost(BOOT).pollInterval(Duration.ofMillis(50)).until(this::ready);
    }

    /** A counter's value; 0 while it was never counted. */
    double counter(String name) {
        JsonNode metric = client().get("/actuator/metrics/" + name).body();
        return metric.path("measurements").path(0).path("value").asDouble(0);
    }

    /** Which partitions make no progress, and why. */
    String waiting() {
        return client().get("/actuator/health").body().path("components").path("shardPartitions").path("details").toString();
    }

    /** Partitions that it writes. */
    List<Integer> partitions() {
        List<Integer> partitions = new ArrayList<>();
        for (JsonNode tag : client().get("/actuator/metrics/tideline.ingest.lag").body().path("availableTags")) {
            if (tag.path("tag").asString().equals("partition")) {
                tag.path("values").forEach(value -> partitions.add(Integer.valueOf(value.asString())));
            }
        }
        return partitions;
    }

    /** Ends it; later starts are quicker by the classes that this one has loaded. */
    void archiveClasses() {
        jvm.archiveAndKill(process);
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        Signals.kill(process.toHandle());
    }

    void stop() {
        Signals.terminate(process.toHandle());
    }

    void freeze() {
        Signals.freeze(process.toHandle());
    }

    void thaw() {
        Signals.thaw(process.toHandle());
    }

    /** Returns at once. */
    void start() {
        process = launch();
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        return jvm.start(log, IngestService.class.getName(), arguments);
    }
}

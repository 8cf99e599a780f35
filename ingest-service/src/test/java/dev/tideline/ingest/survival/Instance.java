package dev.tideline.ingest.survival;

import static org.awaitility.Awaitility.await;

import dev.tideline.ingest.IngestService;
import dev.tideline.ingest.support.IngestClient;
import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** One ingest-service. */
final class Instance implements AutoCloseable {

    private static final Duration BOOT = Duration.ofSeconds(120);
    private static final int LAST_LINES = 40;

    private final ChildJvm jvm = ChildJvm.shared();
    private final Path log;
    private final Path storage;
    private final int port = FreePorts.find(1).getFirst();
    private final List<String> arguments = new ArrayList<>();
    /** Asks all the time, so it keeps its connections; what else is asked finds a process that may have been killed meanwhile. */
    private final IngestClient probe;
    private Process process;

    /** @param settings configuration keys and values: at least those of Kafka, PostgreSQL and the storage */
    private Instance(Path log, Path storage, Map<String, String> settings) {
        this.log = log;
        this.storage = storage;
        this.probe = client();
        arguments.addAll(List.of("--server.port=" + port, "--tideline.parent.pid=" + ProcessHandle.current().pid(),
                "--logging.structured.format.console=", "--logging.level.dev.tideline=info", "--logging.level.root=warn"));
        settings.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        this.process = launch();
    }

    /** One that is launched and not yet ready. */
    static Instance overFolder(Path log, String bootstrap, String jdbcUrl, Path storage, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("spring.kafka.bootstrap-servers", bootstrap);
        all.put("spring.datasource.url", jdbcUrl);
        all.put("spring.datasource.username", LocalPostgres.USER);
        all.put("spring.datasource.password", LocalPostgres.PASSWORD);
        all.put("tideline.storage.root", storage.toString());
        return new Instance(log, storage, all);
    }

    /** Likewise; {@code settings} say where the bucket is. */
    static Instance overBucket(Path log, Path drafts, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.remove("server.port");
        return new Instance(log, drafts, all);
    }

    IngestClient client() {
        return new IngestClient("http://127.0.0.1:" + port, storage);
    }

    /** Whether it answers and finds its dependencies. */
    boolean ready() {
        try {
            return probe.get("/actuator/health/readiness").status() == 200;
        } catch (UncheckedIOException starting) {
            if (!process.isAlive()) {
                throw new IllegalStateException("ingest-service ended with " + process.exitValue() + lastLines(), starting);
            }
            return false;
        }
    }

    /** Whether its log has it, of this start or an earlier one. */
    boolean says(String words) throws IOException {
        return Files.readString(log).contains(words);
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

    /** Starts it again, and all others from now on, with the classes that the first one of this JVM has loaded. Returns when it is ready. */
    void quicken() {
        awaitReady();
        if (!jvm.archived()) {
            jvm.archiveAndKill(process);
            start();
            awaitReady();
        }
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

    /** The log is gone with the test's folder. */
    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return ", its last lines:\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException unreadable) {
            return ", its log cannot be read: " + unreadable;
        }
    }

    private Process launch() {
        return jvm.start(log, IngestService.class.getName(), arguments);
    }
}

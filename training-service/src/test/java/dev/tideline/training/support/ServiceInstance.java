package dev.tideline.training.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.local.FreePorts;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** training-service as a process of its own, so that a test can kill or freeze it. Ends with the JVM that started it. */
public final class ServiceInstance implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceInstance(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts one without waiting for it.
     *
     * @param settings below {@code tideline.training.job.}, or of {@code gang.}, beyond what makes tests fast
     */
    public static ServiceInstance start(Path storage, TestPostgres.Database database, FakeIngest ingest, Map<String, String> settings) {
        int port = FreePorts.find(1).getFirst();
        var job = new TreeMap<>(Map.of("poll", "100ms", "heartbeat", "200ms", "lease", "3s", "progress-every", "50ms",
            "checkpoint-every", "100ms"));
        job.putAll(settings);
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
            System.getProperty("java.class.path"), "dev.tideline.training.TrainingService", "--server.port=" + port,
            "--tideline.parent.pid=" + ProcessHandle.current().pid(),
            // Members that are killed hold partitions for a while, which other tests' services want.
            "--spring.kafka.consumer.group-id=instances", "--logging.level.dev.tideline.training.job=INFO", "--spring.kafka.bootstrap-servers=" + TestKafka.shared().bootstrap(),
            "--spring.datasource.url=" + database.jdbcUrl("training") + "&connectTimeout=2&socketTimeout=5",
            "--spring.datasource.username=" + TestPostgres.shared().username(),
            "--spring.datasource.password=" + TestPostgres.shared().password(),
            "--spring.datasource.hikari.connection-timeout=2000", "--tideline.storage.root=" + storage,
            "--tideline.training.ingest.url=" + ingest.url(), "--logging.structured.format.console="));
        job.forEach((key, value) -> command.add("--tideline.training." + (key.startsWith("gang.") ? key : "job." + key) + "=" + value));
        var log = storage.resolve("service-" + port + ".log");
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            return new ServiceInstance(process, port, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it answers. */
    public ServiceInstance ready() {
        Awaitility.await().atMost(Duration.ofSeconds(90)).pollInterval(Duration.ofMillis(100)).ignoreExceptions().until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("training-service ended:\n" + Files.readString(log));
            }
            return get("/actuator/health/readiness").path("status").asString("").equals("UP");
        });
        return this;
    }

    public JsonNode get(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).GET());
    }

    public JsonNode put(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("content-type", "application/json").PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    public JsonNode post(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Waits until the job is in one of {@code states}, and gives it back. */
    public JsonNode await(String job, Duration atMost, String... states) {
        return Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(50)).ignoreExceptions()
            .until(() -> get("/v1/jobs/" + job), body -> List.of(states).contains(body.path("state").asString("")));
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    public boolean alive() {
        return process.isAlive();
    }

    /** Sends a signal such as {@code KILL} or {@code STOP}. */
    public void signal(String name) {
        signal(pid(), name);
    }

    public static void signal(long pid, String name) {
        try {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor()).as("kill -" + name).isZero();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
            return JSON.readTree(answer.body().isEmpty() ? "{}" : answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.tideline.training.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a free port; one context for all tests that extend this. */
@SpringBootTest(
    classes = dev.tideline.training.TrainingService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
        "tideline.training.job.poll=100ms", "tideline.training.job.heartbeat=100ms", "tideline.training.job.lease=3s",
        "tideline.training.job.progress-every=50ms", "tideline.training.job.checkpoint-every=100ms",
        "tideline.training.ingest.attempts=3", "tideline.training.ingest.pause=50ms", "logging.structured.format.console="
    })
public abstract class ServiceTest {

    protected static final Path STORAGE = TemporaryFolders.create("tideline-training");
    protected static final FakeIngest INGEST = new FakeIngest(STORAGE);
    private static final List<String> FINISHED = List.of("HELD", "PROMOTED", "REJECTED", "DECLINED", "FAILED", "CANCELLED");

    protected final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newHttpClient();

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void surroundings(DynamicPropertyRegistry registry) {
        registry.add("spring.kafka.bootstrap-servers", TestKafka.shared()::bootstrap);
        registry.add("spring.datasource.url", () -> TestPostgres.shared().jdbcUrl("training"));
        registry.add("tideline.storage.root", STORAGE::toString);
        registry.add("tideline.training.ingest.url", INGEST::url);
    }

    /** An answer of the service. */
    protected record Answer(int status, JsonNode body) {}

    protected Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    protected Answer post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path)).header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    protected Answer delete(String path) {
        return send(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    protected Answer put(String path, String body) {
        return put(path, "application/json", body);
    }

    protected Answer put(String path, String type, String body) {
        return send(HttpRequest.newBuilder(uri(path)).header("content-type", type)
            .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Declares a small binary model on a dataset, with {@code more} fields of the definition. */
    protected void declare(String model, String dataset, int epochs, String more) {
        var answer = put("/v1/models/" + model, """
            {"dataset":"%s","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
             "optimizer":{"adam":{"learningRate":0.02}},
             "training":{"epochs":%d,"batchSize":100,"replicas":2,"seed":3}%s}""".formatted(dataset, epochs, more));
        assertThat(answer.status()).as(answer.body().toString()).isIn(200, 201);
    }

    protected String submit(String model) {
        var answer = post("/v1/models/" + model + "/jobs", "{\"window\":{\"rule\":\"all\"}}");
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(202);
        return answer.body().get("job").stringValue();
    }

    /** Waits until the job is over and gives it back. */
    protected JsonNode finished(String job) {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50))
            .until(() -> get("/v1/jobs/" + job).body(), body -> FINISHED.contains(body.path("state").asString("")));
    }

    protected void awaitState(String job, String state) {
        await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20))
            .until(() -> get("/v1/jobs/" + job).body().path("state").asString(""), state::equals);
    }

    protected URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var answer = http.send(request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), json.readTree(answer.body().isEmpty() ? "{}" : answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

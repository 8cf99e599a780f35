package dev.tideline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request on the topic becomes one dataset version, which is kept for as long as the model that was trained on it is live. */
class TrainingRequestIT {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> ENDED = Set.of("PROMOTED", "REJECTED", "DECLINED", "FAILED", "CANCELLED");

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void sealsOneVersionAndKeepsItForTheModel() throws Exception {
        try (var platform = Launcher.start("training-request", "up")) {
            await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(200))
                    .until(() -> platform.output().contains("Tideline is up") || !platform.isAlive());
            var ingest = "http://127.0.0.1:" + platform.port(10) + "/v1/datasets/signs";
            var training = "http://127.0.0.1:" + platform.port(20) + "/v1";
            declare(ingest, training);

            request("127.0.0.1:" + platform.port(92));
            var job = await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(300)).until(
                    () -> call("GET", training + "/jobs?model=sign", "").path("jobs").path(0), found -> ENDED.contains(found.path("state").asString("")));

            assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("PROMOTED");
            var versions = call("GET", ingest + "/versions", "").path("versions");
            assertThat(versions).hasSize(1);
            assertThat(versions.path(0).path("trigger").asString()).isEqualTo("TRAINING");
            assertThat(versions.path(0).path("requestId").asString()).isEqualTo(job.path("id").asString());
            assertThat(versions.path(0).path("records").asInt()).isEqualTo(600);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                    call("GET", ingest + "/versions/1/pins", "").path("pins").valueStream().map(pin -> pin.path("owner").asString()))
                    .containsExactlyInAnyOrder("job:" + job.path("id").asString(), "model:sign"));
        } finally {
            http.close();
        }
    }

    private void declare(String ingest, String training) throws IOException, InterruptedException {
        call("PUT", ingest, """
                {"schema":{"version":1,"label":"y","features":[{"name":"x","kind":"FLOAT"},{"name":"y","kind":"INT","domain":{"values":["0","1"]}}]},
                 "split":{"by":"TIME","evaluation":0.2}}""");
        var random = new Random(7);
        var records = new StringBuilder("[");
        for (int i = 0; i < 800; i++) {
            float x = (float) random.nextGaussian();
            records.append(i == 0 ? "" : ",").append("{\"x\":").append(x).append(",\"y\":").append(x > 0 ? 1 : 0).append('}');
        }
        call("POST", ingest + "/records", records.append(']').toString());
        call("PUT", training + "/models/sign", """
                {"dataset":"signs","head":{"binary":{}},"layers":[{"dense":{"units":4,"activation":"relu"}}],
                 "training":{"epochs":30,"batchSize":64,"replicas":1}}""");
    }

    /** The same event twice, as a producer that retries sends it. */
    private static void request(String bootstrap) throws Exception {
        var event = new TrainingRequest("request-1", Instant.now(), "sign", new DataWindow.Last(600), TrainingRequest.Trigger.MANUAL, "a test", Map.of());
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 2; i++) {
                producer.send(new ProducerRecord<>(Topics.TRAINING_REQUESTS, event.key(), JSON.writeValueAsString(event).getBytes(StandardCharsets.UTF_8)))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }

    private JsonNode call(String method, String url, String body) throws IOException, InterruptedException {
        var answer = http.send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30)).header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(method + " " + url + ": " + answer.body()).isBetween(200, 299);
        return JSON.readTree(answer.body());
    }
}

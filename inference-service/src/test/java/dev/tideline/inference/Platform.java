package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.inference.tensorflow.SavedModels;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TopicContent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** What surrounds the service in integration tests: Kafka, a model store, HTTP. */
public abstract class Platform {

    protected static final Path ROOT = TemporaryFolders.create("tideline-inference");
    protected static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String base;

    protected Platform(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    protected record Answer(int status, String version, String body) {}

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.kafka.bootstrap-servers", () -> TestKafka.shared().bootstrap());
        registry.add("tideline.storage.root", ROOT::toString);
        registry.add("logging.structured.format.console", () -> "");
    }

    protected static Path writeModel(String model, long version, float factor) {
        Path folder = SavedModels.write(ROOT.resolve("models").resolve(model).resolve(Long.toString(version)), factor);
        try {
            return Files.writeString(folder.resolve("manifest.json"), "{\"schemaFingerprint\":\"fingerprint-" + model + "\"}").getParent();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    protected static void promote(String model, long champion, long... serving) {
        Map<Long, String> folders = new TreeMap<>();
        for (long version : serving) {
            folders.put(version, "models/" + model + "/" + version);
        }
        promote(model, champion, folders, Map.of(ModelVersionEvent.CHAMPION, champion));
    }

    protected static void promote(String model, long version, Map<Long, String> serving, Map<String, Long> labels) {
        ModelVersionEvent event = new ModelVersionEvent(UUID.randomUUID().toString(), Instant.now(), model, version,
                ModelVersionEvent.Change.PROMOTED, "test", new TreeMap<>(serving), labels, Map.of());
        send(Topics.MODEL_VERSIONS, model, JSON.writeValueAsBytes(event));
    }

    protected static void send(String topic, String key, byte[] value) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestKafka.shared().bootstrap()), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, key, value));
        }
    }

    /** Everything in the topic that matches, once there are so many. */
    protected static List<ConsumerRecord<String, byte[]>> awaitRecords(
            String topic, Predicate<ConsumerRecord<String, byte[]>> wanted, int count) {
        return TopicContent.await(TestKafka.shared().bootstrap(), topic, count, wanted);
    }

    protected static List<DeploymentEvent> awaitDeployments(String model, DeploymentEvent.State last) {
        List<DeploymentEvent> events = new ArrayList<>();
        awaitRecords(Topics.DEPLOYMENTS, record -> {
            if (!record.key().equals(model)) {
                return false;
            }
            DeploymentEvent event = JSON.readValue(record.value(), DeploymentEvent.class);
            events.add(event);
            return event.state() == last;
        }, 1);
        return events;
    }

    protected static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    protected HttpResponse<String> get(String path) {
        return exchange(HttpRequest.newBuilder(URI.create(base + path)).GET());
    }

    protected HttpResponse<String> post(String path, String body, Map<String, String> headers) {
        return post(path, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    protected HttpResponse<String> post(String path, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return exchange(request);
    }

    private static HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Asks signature {@code half}. */
    protected Answer half(String model, float x) {
        HttpResponse<String> response = post(
                "/v1/models/" + model + ":predict", "{\"signature_name\": \"half\", \"instances\": [[" + x + "]]}", Map.of());
        return new Answer(response.statusCode(), response.headers().firstValue("Tideline-Model-Version").orElse(""), response.body());
    }

    protected void awaitVersion(String model, long version, String state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(get("/v1/models/" + model + "/versions/" + version).body())
                .contains("\"state\": \"" + state + "\""));
    }
}

package dev.tideline.monitoring.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.Event;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TopicContent;
import dev.tideline.tfrecord.Example;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays training, inference and the outside world for a running monitoring-service. */
public final class Stage {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String url;
    private final String bootstrap;
    private final ModelFolder models;
    private final HttpClient http = HttpClient.newHttpClient();

    Stage(String url, String bootstrap, Path storage) {
        this.url = url;
        this.bootstrap = bootstrap;
        this.models = new ModelFolder(storage);
    }

    void awaitReady() {
        await().atMost(PATIENCE.multipliedBy(6)).ignoreExceptions().until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    /** A trained version in the store, promoted and live, and the door of its dataset. */
    public void deploy(TestModel model, long version) {
        models.publish(model, version);
        TestKafka.shared().createTopics(3, Topics.records(model.dataset()));
        TreeMap<Long, String> serving = new TreeMap<>(Map.of(version, "models/" + model.name() + "/" + version));
        send(new ModelVersionEvent(id(), Instant.now(), model.name(), version, ModelVersionEvent.Change.PROMOTED, "test", serving,
                Map.of(ModelVersionEvent.CHAMPION, version), Map.of()));
        send(new DeploymentEvent(id(), Instant.now(), model.name(), version, "inference-1", DeploymentEvent.State.LIVE, null));
        await().atMost(PATIENCE).until(() -> model(model.name()).path("liveVersion").asLong(-1) == version);
    }

    /** Tells how a training request went. */
    public void answer(String model, String request, TrainingProgress.State state) {
        answer(model, request, state, "job-" + request);
    }

    public void answer(String model, String request, TrainingProgress.State state, String job) {
        send(new TrainingProgress(id(), Instant.now(), job, model, request, state, "as the test says", 1, 1, 1, 1, 1, 0, Map.of()));
    }

    /** Logs predictions, as inference does. */
    public void predict(TestModel model, long version, List<TestModel.Row> rows) {
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
        for (TestModel.Row row : rows) {
            ProducerRecord<String, byte[]> record =
                    new ProducerRecord<>(Topics.PREDICTIONS, row.id(), model.logged(row).encode());
            header(record, RecordHeaders.CONTENT_TYPE, RecordHeaders.EXAMPLE);
            header(record, RecordHeaders.MODEL, model.name());
            header(record, RecordHeaders.MODEL_VERSION, Long.toString(version));
            header(record, RecordHeaders.TIME, row.time().toString());
            records.add(record);
        }
        send(records);
    }

    /** Sends labels over HTTP. */
    public void label(List<TestModel.Row> rows) {
        List<Map<String, Object>> outcomes = rows.stream()
                .map(row -> Map.<String, Object>of("predictionId", row.id(), "label", row.label())).toList();
        assertThat(post("/v1/outcomes", JSON.writeValueAsString(outcomes)).statusCode()).isEqualTo(202);
    }

    public void send(Event event) {
        send(List.of(new ProducerRecord<>(event.topic(), event.key(), JSON.writeValueAsBytes(event))));
    }

    public void send(List<ProducerRecord<String, byte[]>> records) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 5), new StringSerializer(), new ByteArraySerializer())) {
            records.forEach(producer::send);
            producer.flush();
        }
    }

    public JsonNode model(String model) {
        return JSON.readTree(get("/v1/models/" + model).body());
    }

    /** The body of a GET, whatever its status. */
    public JsonNode json(String path) {
        return JSON.readTree(get(path).body());
    }

    public JsonNode awaitState(String model, String state) {
        await("state " + state).atMost(PATIENCE).untilAsserted(
                () -> assertThat(model(model).path("state").asString("")).as(model(model).toString()).isEqualTo(state));
        return model(model);
    }

    public JsonNode windows(String model) {
        return JSON.readTree(get("/v1/models/" + model + "/windows").body()).path("windows");
    }

    public JsonNode quality(String model, String slice) {
        return JSON.readTree(get("/v1/models/" + model + "/quality?slice=" + slice).body()).path("windows");
    }

    public HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).GET());
    }

    public HttpResponse<String> post(String path, @Nullable String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .POST(body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpResponse<String> put(String path, String body) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Labels that came to {@code result} so far. */
    public double outcomes(String result) {
        return metric("tideline_outcomes_total", "result=\"" + result + "\"");
    }

    /** The value of a counter, 0 before its first count. */
    public double counter(String name) {
        return metric(name, "");
    }

    private double metric(String name, String tag) {
        return get("/actuator/prometheus").body().lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** All committed messages of {@code topic} so far. */
    public List<ConsumerRecord<String, byte[]>> read(String topic) {
        return TopicContent.read(bootstrap, topic).records();
    }

    /** Events of {@code model} on {@code topic}. */
    public <T extends Event> List<T> events(String topic, String model, Class<T> type) {
        return read(topic).stream().filter(record -> model.equals(record.key()))
                .map(record -> JSON.readValue(record.value(), type)).toList();
    }

    /** The text of a header, or null. */
    public static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    public static Example example(ConsumerRecord<String, byte[]> record) {
        return Example.decode(record.value());
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static void header(ProducerRecord<?, ?> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static String id() {
        return UUID.randomUUID().toString();
    }
}

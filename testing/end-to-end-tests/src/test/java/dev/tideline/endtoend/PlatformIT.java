package dev.tideline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.local.LocalPostgres;
import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.S3Settings;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageRoot;
import dev.tideline.storage.Storages;
import dev.tideline.testing.TestS3;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One platform with an API key and its files in S3, since starting it is what takes the time. The tests go from training to killing. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PlatformIT {

    private static final String KEY = "0123456789abcdef-end-to-end";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Set<String> ENDED = Set.of("PROMOTED", "REJECTED", "DECLINED", "FAILED", "CANCELLED");
    private static String bucket;
    private static Launcher platform;
    private static Api ingest;
    private static Api training;
    private static Api inference;
    private static Api monitoring;

    @BeforeAll
    static void start() throws IOException {
        bucket = "s3://" + TestS3.shared().bucket() + "/tideline";
        platform = Launcher.start("platform", Map.of("TIDELINE_SECURITY_API_KEY", KEY,
                "TIDELINE_STORAGE_S3_ENDPOINT", TestS3.shared().endpoint().toString(), "TIDELINE_STORAGE_S3_PATHSTYLE", "true",
                "TIDELINE_STORAGE_S3_ACCESSKEY", TestS3.ACCESS_KEY, "TIDELINE_STORAGE_S3_SECRETKEY", TestS3.SECRET_KEY), "up", "--bucket", bucket);
        platform.awaitUp();
        ingest = new Api(platform.port(10), KEY);
        training = new Api(platform.port(20), KEY);
        inference = new Api(platform.port(1), KEY);
        monitoring = new Api(platform.port(30), KEY);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        platform.close();
    }

    @Test
    @Order(1)
    void noServiceAnswersWithoutTheKey() throws Exception {
        for (int offset : new int[] {1, 10, 20, 30}) {
            assertThat(new Api(platform.port(offset), "wrong-key-wrong-key").send("GET", "/v1/models", "application/json", "").statusCode())
                    .isEqualTo(HttpURLConnection.HTTP_UNAUTHORIZED);
        }
    }

    /** A request on the topic becomes one dataset version, which is kept for as long as the model that was trained on it is live. */
    @Test
    @Order(2)
    void aRequestSealsOneVersionAndKeepsItForTheModel() throws Exception {
        declare();

        request("127.0.0.1:" + platform.port(92));
        var job = await().atMost(PATIENCE.multipliedBy(3)).pollInterval(Duration.ofMillis(300)).until(
                () -> training.call("GET", "/v1/jobs?model=sign", "").path("jobs").path(0), found -> ENDED.contains(found.path("state").asString("")));

        assertThat(job.path("state").asString()).as(job.toString()).isEqualTo("PROMOTED");
        var versions = ingest.call("GET", "/v1/datasets/signs/versions", "").path("versions");
        assertThat(versions).hasSize(1);
        assertThat(versions.path(0).path("trigger").asString()).isEqualTo("TRAINING");
        assertThat(versions.path(0).path("requestId").asString()).isEqualTo(job.path("id").asString());
        assertThat(versions.path(0).path("records").asInt()).isEqualTo(600);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(ingest.call("GET", "/v1/datasets/signs/versions/1/pins", "").path("pins")
                .valueStream().map(pin -> pin.path("owner").asString())).containsExactlyInAnyOrder("job:" + job.path("id").asString(), "model:sign"));
    }

    @Test
    @Order(3)
    void aPredictionLeadsBackToTheOffsetsItsModelLearntFrom() throws Exception {
        await().atMost(PATIENCE).until(() -> inference.send("POST", "/v1/models/sign:predict", "application/json",
                "{\"instances\":[{\"x\":1.5}]}").statusCode() == HttpURLConnection.HTTP_OK);
        await().atMost(PATIENCE).until(() -> monitoring.send("GET", "/v1/predictions/end-to-end-0", "application/json", "").statusCode()
                == HttpURLConnection.HTTP_OK);

        JsonNode explained = monitoring.call("GET", "/v1/predictions/end-to-end-0", "");
        assertThat(explained.at("/features/x").asDouble()).isEqualTo(1.5);
        assertThat(explained.at("/schema/asTrained").asBoolean()).isTrue();
        assertThat(explained.at("/trainedFor/request").asString()).isEqualTo("request-1");
        assertThat(explained.at("/deployment/decision").asString()).isEqualTo("PROMOTED");
        JsonNode graph = monitoring.call("GET", "/v1/predictions/end-to-end-0/lineage", "");
        assertThat(graph.path("gaps").isEmpty()).as(graph.path("gaps").toString()).isTrue();
        assertThat(graph.path("nodes").valueStream().map(node -> node.path("kind").asString())).contains(
                "PREDICTION", "MODEL_VERSION", "TRAINING_JOB", "TRAINING_REQUEST", "DATASET_VERSION", "SHARD", "OFFSETS");
        assertThat(graph.path("nodes").valueStream().filter(node -> node.path("id").asString().startsWith("offsets:tideline.records.signs-"))
                .mapToLong(node -> node.at("/facts/records").asLong()).sum()).isEqualTo(600);
    }

    @Test
    @Order(4)
    void everyAcknowledgedRecordIsKeptOnceAcrossAKill() throws Exception {
        var records = new RecordStream(ingest, "letters");
        records.declare();
        records.start();
        records.awaitAcknowledged(3_000);

        platform.service("ingest-service").destroyForcibly();
        await().atMost(PATIENCE.multipliedBy(2)).until(() -> platform.output().contains("ingest-service is ready again"));
        records.awaitAcknowledged(records.acknowledged().size() + 3_000);
        records.close();

        List<Long> stored;
        try (var storage = storage()) {
            stored = records.stored(LocalFiles.copies(storage, platform.data().resolve("read"), PATIENCE, InstantSource.system()));
        }
        assertThat(stored).doesNotHaveDuplicates().containsAll(records.acknowledged());
        assertThat(records.sent()).containsAll(stored);
    }

    @Test
    @Order(5)
    void noServiceIsLeftBehindWhenTheLauncherIsKilled() throws Exception {
        platform.kill();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(platform.services()).isEmpty());
        LocalPostgres.stopLeftover(platform.data().resolve("postgres"));
        assertThat(platform.takenPorts()).isEmpty();
    }

    private static Storage storage() {
        return Storages.open(StorageRoot.parse(bucket), new S3Settings(TestS3.shared().endpoint(), "eu-central-1", true, TestS3.ACCESS_KEY,
                TestS3.SECRET_KEY, 16 << 20, Duration.ofSeconds(5), PATIENCE, 2), platform.data().resolve("read-drafts"));
    }

    private static void declare() throws IOException, InterruptedException {
        ingest.call("PUT", "/v1/datasets/signs", """
                {"schema":{"version":1,"label":"y","features":[{"name":"x","kind":"FLOAT"},{"name":"y","kind":"INT","domain":{"values":["0","1"]}}]},
                 "split":{"by":"TIME","evaluation":0.2}}""");
        var random = new Random(7);
        var records = new StringBuilder("[");
        for (int i = 0; i < 800; i++) {
            float x = (float) random.nextGaussian();
            records.append(i == 0 ? "" : ",").append("{\"x\":").append(x).append(",\"y\":").append(x > 0 ? 1 : 0).append('}');
        }
        ingest.call("POST", "/v1/datasets/signs/records", records.append(']').toString());
        training.call("PUT", "/v1/models/sign", """
                {"dataset":"signs","head":{"binary":{}},"layers":[{"dense":{"units":4,"activation":"relu"}}],
                 "training":{"epochs":30,"batchSize":64,"replicas":1}}""");
    }

    /** The same event twice, as a producer that retries sends it. */
    private static void request(String bootstrap) throws Exception {
        var event = new TrainingRequest("request-1", Instant.now(), "sign", new DataWindow.Last(600), TrainingRequest.Trigger.MANUAL, "a test", Map.of());
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < 2; i++) {
                producer.send(new ProducerRecord<>(Topics.TRAINING_REQUESTS, event.key(), JsonMapper.shared().writeValueAsString(event).getBytes(StandardCharsets.UTF_8)))
                        .get(30, TimeUnit.SECONDS);
            }
        }
    }
}

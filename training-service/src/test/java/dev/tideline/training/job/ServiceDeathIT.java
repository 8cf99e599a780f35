package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.modelstore.ModelStore;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import dev.tideline.training.support.FakeIngest;
import dev.tideline.training.support.ServiceInstance;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Several instances over one queue, real processes all of them, and what is left when one of them or their surroundings go away. */
class ServiceDeathIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path STORAGE = TemporaryFolders.create("tideline-death");
    private static final FakeIngest INGEST = new FakeIngest(STORAGE);
    private static final List<ServiceInstance> STARTED = new ArrayList<>();
    private static TestPostgres.Database database;

    @BeforeAll
    static void start() {
        database = TestPostgres.database();
        INGEST.seal("trips", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(300, 2, 1));
        instance();
        instance();
        STARTED.forEach(ServiceInstance::ready);
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(ServiceInstance::close);
    }

    @Test
    void anotherInstanceGoesOnWhereAKilledOneStopped() throws IOException {
        var reference = declareAndSubmit("reference", 150, 0);
        var undisturbed = any().await(reference, SOON, "PROMOTED");
        var job = declareAndSubmit("killed", 150, 0);
        await().atMost(SOON).until(() -> checkpoints(job) >= 2);
        var child = child(job);
        var owner = ownerOf(child);

        owner.signal("KILL");

        await().atMost(Duration.ofSeconds(60)).until(() -> !child.isAlive());
        STARTED.remove(owner);
        var done = any().await(job, SOON, "PROMOTED", "REJECTED", "FAILED");
        instance().ready();
        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("PROMOTED");
        assertThat(done.get("attempt").intValue()).isEqualTo(2);
        assertThat(log()).containsPattern("Job " + job + ": trains killed for 3000 steps from step [1-9]");
        assertThat(done.get("metrics").get("logLoss")).isEqualTo(undisturbed.get("metrics").get("logLoss"));
        assertThat(weights("killed")).isEqualTo(weights("reference"));
    }

    @Test
    void aFrozenInstanceLosesItsJobAndDoesNotDisturbItLater() throws IOException {
        var job = declareAndSubmit("frozen", 1_000, 0);
        await().atMost(SOON).until(() -> checkpoints(job) >= 2);
        var owner = ownerOf(child(job));

        owner.signal("STOP");
        try {
            var other = STARTED.stream().filter(each -> each != owner).findFirst().orElseThrow();
            await().atMost(SOON).until(() -> other.get("/v1/jobs/" + job).get("attempt").intValue() == 2);
            other.await(job, SOON, "TRAINING", "PROMOTED");
        } finally {
            owner.signal("CONT");
        }

        var done = any().await(job, SOON, "PROMOTED", "REJECTED", "FAILED");
        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("PROMOTED");
        assertThat(done.get("attempt").intValue()).isEqualTo(2);
        assertThat(any().get("/v1/models/frozen/versions").get("versions")).hasSize(1);
        assertThat(new ModelStore(STORAGE).damaged(new ModelStore(STORAGE).manifest("frozen", 1))).isEmpty();
        await().atMost(SOON).until(() -> owner.get("/actuator/health").path("status").asString("").equals("UP"));
    }

    @Test
    void instancesShareTheQueueAndTheUrgentJobBeginsFirst() {
        var first = declareAndSubmit("share1", 2_000, 0);
        var second = declareAndSubmit("share2", 2_000, 0);
        any().await(first, SOON, "TRAINING");
        any().await(second, SOON, "TRAINING");
        var patient = declareAndSubmit("patient", 1, -5);
        var urgent = declareAndSubmit("urgent", 1, 50);

        any().post("/v1/jobs/" + first + ":cancel", "");
        var urgentDone = any().await(urgent, SOON, "PROMOTED");
        var patientDone = any().await(patient, SOON, "PROMOTED");
        any().post("/v1/jobs/" + second + ":cancel", "");

        assertThat(any().await(first, SOON, "CANCELLED").get("message").stringValue()).isEqualTo("cancelled while it ran");
        any().await(second, SOON, "CANCELLED");
        assertThat(urgentDone.get("startedAt").stringValue()).isLessThan(patientDone.get("startedAt").stringValue());
    }

    @Test
    void aJobOutlastsPostgresAndKafka() {
        var job = declareAndSubmit("outage", 500, 0);
        any().await(job, SOON, "TRAINING");

        TestKafka.shared().stop();
        TestPostgres.shared().stop();
        try {
            // Long enough that the whole training, its evaluation and the lease end while nobody can write anything down.
            await().atMost(SOON).until(() -> log().contains("Job " + job + " waits: "));
        } finally {
            TestPostgres.shared().start();
            TestKafka.shared().start();
        }

        var done = any().await(job, SOON, "PROMOTED", "REJECTED", "FAILED");
        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("PROMOTED");
        assertThat(done.get("attempt").intValue()).as("nothing was done twice").isEqualTo(1);
    }

    private static ServiceInstance instance() {
        var instance = ServiceInstance.start(STORAGE, database, INGEST, Map.of());
        STARTED.add(instance);
        return instance;
    }

    private static ServiceInstance any() {
        return STARTED.getFirst();
    }

    private static String declareAndSubmit(String model, int epochs, int priority) {
        any().put("/v1/models/" + model, """
            {"dataset":"trips","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
             "optimizer":{"adam":{"learningRate":0.02}},"training":{"epochs":%d,"batchSize":100,"replicas":1,"seed":3}}"""
            .formatted(epochs));
        JsonNode answer = any().post("/v1/models/" + model + "/jobs", "{\"priority\":" + priority + "}");
        assertThat(answer.has("job")).as(answer.toString()).isTrue();
        return answer.get("job").stringValue();
    }

    private static ProcessHandle child(String job) throws IOException {
        long pid = Long.parseLong(Files.readString(STORAGE.resolve("jobs").resolve(job).resolve("child.pid")));
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static ServiceInstance ownerOf(ProcessHandle child) {
        long parent = child.parent().orElseThrow().pid();
        return STARTED.stream().filter(each -> each.pid() == parent).findFirst().orElseThrow();
    }

    private static long checkpoints(String job) throws IOException {
        var folder = STORAGE.resolve("jobs").resolve(job).resolve("checkpoints");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.endsWith("position.json")).count();
        }
    }

    private static String log() {
        var all = new StringBuilder();
        STARTED.forEach(each -> all.append(each.log()));
        return all.toString();
    }

    /** Hashes of the exported weights. */
    private static Map<String, String> weights(String model) throws IOException {
        var files = new TreeMap<>(new ModelStore(STORAGE).manifest(model, 1).files());
        files.keySet().removeIf(name -> !name.startsWith("variables/variables.data"));
        assertThat(files).isNotEmpty();
        return files;
    }
}

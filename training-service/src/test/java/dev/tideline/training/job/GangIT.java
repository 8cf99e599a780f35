package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.modelstore.ModelStore;
import dev.tideline.testing.TemporaryFolders;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** One job over two instances of the service, and what happens when a worker or an instance is lost. Loopback. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GangIT {

    private static final Duration SOON = Duration.ofSeconds(90);
    private static final Path STORAGE = TemporaryFolders.create("tideline-gang");
    private static final FakeIngest INGEST = new FakeIngest(STORAGE);
    private static final List<ServiceInstance> STARTED = new ArrayList<>();

    @BeforeAll
    static void start() {
        var database = TestPostgres.database();
        INGEST.seal("trips", Trips.schema(), Trips.examples(2_001, 1, 1), Trips.examples(300, 2, 1));
        for (int i = 0; i < 2; i++) {
            STARTED.add(ServiceInstance.start(STORAGE, database, INGEST, Map.of("silence", "4s", "attempts", "5", "threads", "1", "gang.patience", "3s", "gang.regroup", "1s", "gang.pause", "500ms")));
        }
        STARTED.forEach(ServiceInstance::ready);
    }

    @AfterAll
    static void stop() {
        STARTED.forEach(ServiceInstance::close);
    }

    @Test
    @Order(1)
    void twoInstancesTrainOneModel() throws IOException {
        var job = running("together", "\"workers\":2");
        var owners = List.of(parent(folder(job)), parent(folder(job).resolve("worker-1")));

        var done = any().await(job, SOON, "PROMOTED", "REJECTED", "FAILED");

        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("PROMOTED");
        assertThat(done.get("attempt").intValue()).isEqualTo(1);
        assertThat(done.get("metrics").get("accuracy").doubleValue()).isGreaterThan(0.8);
        assertThat(new ModelStore(STORAGE).damaged(new ModelStore(STORAGE).manifest("together", 1))).isEmpty();
        assertThat(owners).as("one process of each instance").doesNotHaveDuplicates();
    }

    @Test
    @Order(2)
    void allWorkersStopWhenTheFirstOneSeesNoImprovement() throws IOException {
        var job = submit("patient", 500, "\"workers\":2", ",\"earlyStopping\":{\"patience\":1,\"minDelta\":0.05}");

        var done = any().await(job, SOON, "PROMOTED", "REJECTED", "FAILED");

        assertThat(done.get("state").stringValue()).as(done + "\n" + any().log()).isEqualTo("PROMOTED");
        assertThat(done.get("attempt").intValue()).isEqualTo(1);
        assertThat(Files.readString(folder(job).resolve("child.log"))).contains("on held-out records: ", "no improvement for 1");
        assertThat(Files.readString(folder(job).resolve("worker-1").resolve("child.log"))).doesNotContain("on held-out records: ");
    }

    @Test
    @Order(3)
    void aKilledWorkerMakesTheGangGoOnFromItsCheckpoint() throws IOException {
        var job = running("killed", "\"workers\":2");

        ServiceInstance.signal(pid(folder(job).resolve("worker-1")), "KILL");

        goesOn(job, 2);
    }

    @Test
    @Order(4)
    void aFrozenWorkerMakesTheGangGoOnFromItsCheckpoint() throws IOException {
        var job = running("frozen", "\"workers\":2");

        ServiceInstance.signal(pid(folder(job).resolve("worker-1")), "STOP");

        goesOn(job, 2);
    }

    @Test
    @Order(5)
    void aJobForMoreWorkersThanThereAreWaitsAndSaysSo() {
        var job = submit("crowd", 1, "\"workers\":4", "");

        await().atMost(SOON).until(() -> any().get("/v1/jobs/" + job).path("message").asString("").startsWith("workers: "));

        var waiting = any().get("/v1/jobs/" + job);
        assertThat(waiting.get("message").stringValue())
            .isEqualTo("workers: 2 within 3 s (expected: 4 instances with a free place; the job waits in the queue)");
        any().post("/v1/jobs/" + job + ":cancel", "");
        assertThat(any().await(job, SOON, "CANCELLED").get("tries").get("fruitless").intValue()).as("waiting is no failure").isLessThanOrEqualTo(1);
    }

    @Test
    @Order(6)
    void aBatchThatCannotBeSharedIsRefused() {
        declare("uneven", 1, "");

        var answer = any().post("/v1/models/uneven/jobs", "{\"workers\":3}");

        assertThat(answer.get("code").stringValue()).isEqualTo("INVALID_JOB");
        assertThat(answer.get("detail").stringValue()).isEqualTo("workers: 3 (expected: a divisor of the definition's batchSize, 100)");
    }

    @Test
    @Order(7)
    void anElasticJobGoesOnWithTheInstanceThatIsLeft() throws IOException {
        var job = running("elastic", "\"workers\":2,\"elastic\":true");
        long other = parent(folder(job).resolve("worker-1"));
        var victim = STARTED.stream().filter(each -> each.pid() == other).findFirst().orElseThrow();

        victim.signal("KILL");
        STARTED.remove(victim);

        goesOn(job, 2);
        assertThat(any().log()).contains("Job " + job + ": attempt 2 begins with 1 of 2 workers");
    }

    private static void goesOn(String job, int attempt) {
        var done = any().await(job, SOON, "PROMOTED", "REJECTED", "FAILED");
        assertThat(done.get("state").stringValue()).as(done + "\n" + any().log()).isEqualTo("PROMOTED");
        assertThat(done.get("attempt").intValue()).isEqualTo(attempt);
        assertThat(STARTED).anySatisfy(instance -> assertThat(instance.log())
            .containsPattern("Job " + job + ": trains \\w+ for \\d+ steps from step [1-9]"));
    }

    /** A job that has gone far enough to have checkpoints. */
    private static String running(String model, String more) {
        var job = submit(model, 40, more, "");
        await().atMost(SOON).until(() -> {
            var all = folder(job).resolve("checkpoints");
            if (!Files.isDirectory(all)) {
                return false;
            }
            try (var files = Files.walk(all)) {
                return files.filter(file -> file.endsWith("position.json")).count() >= 2;
            }
        });
        return job;
    }

    private static ServiceInstance any() {
        return STARTED.getFirst();
    }

    private static void declare(String model, int epochs, String training) {
        any().put("/v1/models/" + model, """
            {"dataset":"trips","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
             "optimizer":{"adam":{"learningRate":0.02}},"training":{"epochs":%d,"batchSize":100,"replicas":1,"seed":3%s}}"""
            .formatted(epochs, training));
    }

    private static String submit(String model, int epochs, String more, String training) {
        declare(model, epochs, training);
        JsonNode answer = any().post("/v1/models/" + model + "/jobs", "{" + more + "}");
        assertThat(answer.has("job")).as(answer.toString()).isTrue();
        return answer.get("job").stringValue();
    }

    private static Path folder(String job) {
        return STORAGE.resolve("jobs").resolve(job);
    }

    private static long pid(Path folder) throws IOException {
        return Long.parseLong(Files.readString(folder.resolve("child.pid")));
    }

    /** The instance that runs a process; only known while it runs. */
    private static long parent(Path folder) throws IOException {
        return ProcessHandle.of(pid(folder)).flatMap(ProcessHandle::parent).orElseThrow().pid();
    }
}

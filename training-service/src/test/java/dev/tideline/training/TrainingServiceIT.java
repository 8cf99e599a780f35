package dev.tideline.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.training.child.Checkpoints;
import dev.tideline.training.support.ServiceTest;
import dev.tideline.training.support.Topic;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The service from the outside: HTTP and Kafka in, models and events out. */
class TrainingServiceIT extends ServiceTest {

    @Test
    void aFirstModelIsTrainedPublishedAndPromoted() throws IOException {
        INGEST.seal("first", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(500, 2, 1));
        declare("first", "first", 8, "");

        var job = finished(submit("first"));

        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("PROMOTED");
        assertThat(job.get("metrics").get("accuracy").doubleValue()).isGreaterThan(0.85);
        assertThat(job.get("progress").get("step").longValue()).isEqualTo(160);
        var manifest = new ModelStore(STORAGE).manifest("first", 1);
        assertThat(new ModelStore(STORAGE).damaged(manifest)).isEmpty();
        assertThat(manifest.files()).containsKeys("saved_model.pb", "variables/variables.index", "assets.extra/tideline.json",
            "assets.extra/tf_serving_warmup_requests");
        assertThat(manifest.lineage()).isNotNull();
        assertThat(manifest.lineage().job()).isEqualTo(job.get("id").stringValue());
        assertThat(manifest.lineage().examples()).containsEntry("train", 2_000L).containsEntry("evaluation", 500L);
        assertThat(manifest.lineage().promoted()).isTrue();
        assertThat(manifest.lineage().verdict()).anyMatch(line -> line.contains("there is no champion"));
        assertThat(manifest.baselines()).containsKeys("distance", "hour", "weather", "output/probability", "output/label");
        assertThat(manifest.baselines().get("output/label").total()).isEqualTo(500);
        var event = Topic.awaitEvents(Topics.MODEL_VERSIONS, each -> each.get("model").stringValue().equals("first")).getLast();
        assertThat(event.get("change").stringValue()).isEqualTo("PROMOTED");
        assertThat(event.get("serving").get("1").stringValue()).isEqualTo("models/first/1");
        assertThat(event.get("labels").get("champion").longValue()).isEqualTo(1);
    }

    @Test
    void progressIsTold() {
        INGEST.seal("told", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(200, 2, 1));
        declare("told", "told", 20, "");

        var job = finished(submit("told")).get("id").stringValue();

        var states = Topic.awaitEvents(Topics.TRAINING_PROGRESS,
            each -> each.get("job").stringValue().equals(job) && each.get("state").stringValue().equals("PROMOTED"));
        assertThat(states).hasSize(1);
        var steps = Topic.awaitEvents(Topics.TRAINING_PROGRESS,
            each -> each.get("job").stringValue().equals(job) && each.get("step").longValue() > 0
                && each.get("state").stringValue().equals("TRAINING"));
        assertThat(steps).allSatisfy(step -> {
            assertThat(step.get("totalSteps").longValue()).isEqualTo(400);
            assertThat(step.get("examplesPerSecond").doubleValue()).isPositive();
            assertThat(step.get("metrics").get("loss").doubleValue()).isPositive();
        });
    }

    @Test
    void aModelThatIsNotBetterDoesNotReplaceTheChampion() {
        INGEST.seal("tie", Trips.schema(), Trips.examples(1_000, 1, 1), Trips.examples(300, 2, 1));
        declare("tie", "tie", 4, "");
        finished(submit("tie"));

        var second = finished(submit("tie"));

        assertThat(second.get("state").stringValue()).isEqualTo("REJECTED");
        assertThat(second.get("message").stringValue()).contains("accuracy").contains("surely better by more than 0");
        assertThat(second.get("metrics").get("champion/accuracy")).isEqualTo(second.get("metrics").get("accuracy"));
        var event = Topic.awaitEvents(Topics.MODEL_VERSIONS, each -> is(each, "tie", "REJECTED")).getLast();
        assertThat(event.get("version").longValue()).isEqualTo(2);
        assertThat(event.get("serving").propertyNames()).containsExactly("1");
    }

    @Test
    void aModelOfChangedDataReplacesTheChampionAndCanBeRolledBack() {
        INGEST.seal("drift", Trips.schema(), Trips.examples(1_000, 1, 1), Trips.examples(300, 2, 1));
        declare("drift", "drift", 6, "");
        finished(submit("drift"));
        INGEST.seal("drift", Trips.schema(), Trips.examples(1_000, 3, -1), Trips.examples(300, 4, -1));

        var second = finished(submit("drift"));

        assertThat(second.get("state").stringValue()).as(second.toString()).isEqualTo("PROMOTED");
        assertThat(second.get("metrics").get("champion/accuracy").doubleValue()).isLessThan(0.3);
        var rolledBack = post("/v1/models/drift:rollback", "{\"reason\":\"a test\"}");
        assertThat(rolledBack.body().get("champion").longValue()).isEqualTo(1);
        assertThat(post("/v1/models/drift:rollback", "").status()).isEqualTo(409);
        var promoted = post("/v1/models/drift/versions/2:promote", "");
        assertThat(promoted.body().get("champion").longValue()).isEqualTo(2);
        var event = Topic.awaitEvents(Topics.MODEL_VERSIONS, each -> is(each, "drift", "ROLLED_BACK")).getLast();
        assertThat(event.get("serving").get("1").stringValue()).isEqualTo("models/drift/1");
        assertThat(get("/v1/models/drift/versions").body().get("history")).hasSize(4);
    }

    @Test
    void everyProblemOfADefinitionIsNamed() {
        INGEST.declare("shape", Trips.schema());

        var answer = put("/v1/models/shape", """
            {"dataset":"shape","inputs":[{"feature":"distance"},{"feature":"speed"},{"feature":"weather","transform":"log"}],
             "layers":[{"dense":{"units":0}},{"swirl":{}}],"head":{"regression":{}},"colour":"red"}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("code").stringValue()).isEqualTo("INVALID_DEFINITION");
        assertThat(answer.body().get("problems")).extracting(problem -> problem.get("pointer").stringValue())
            .containsExactlyInAnyOrder("/layers/0/dense/units", "/layers/1/swirl", "/colour");
    }

    @Test
    void aDefinitionMustFitTheDataset() {
        INGEST.declare("shape", Trips.schema());

        var answer = put("/v1/models/shape", """
            {"dataset":"shape","inputs":[{"feature":"distance"},{"feature":"speed"},{"feature":"weather","transform":"log"}],
             "head":{"regression":{}}}""");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("problems")).extracting(problem -> problem.get("pointer").stringValue())
            .containsExactlyInAnyOrder("/inputs/1/feature", "/inputs/2/transform", "/head");
        assertThat(answer.body().get("problems").get(0).get("value").stringValue()).isEqualTo("speed");
    }

    @Test
    void aModelOfAnUnknownDatasetIsRefused() {
        var answer = put("/v1/models/lost", "{\"dataset\":\"nowhere\",\"head\":\"binary\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().get("problems").get(0).get("value").stringValue()).isEqualTo("nowhere");
    }

    @Test
    void aJobWithoutDataIsDeclined() {
        INGEST.declare("empty", Trips.schema());
        declare("empty", "empty", 1, "");

        var job = finished(submit("empty"));

        assertThat(job.get("state").stringValue()).isEqualTo("DECLINED");
        assertThat(job.get("message").stringValue()).contains("dataset: empty has no record");
    }

    @Test
    void aRequestForAnUnknownModelIsDeclinedOnce() {
        var request = """
            {"id":"request-1","time":"2026-01-01T00:00:00Z","model":"nobody","window":{"rule":"last","records":5},
             "trigger":"CONCEPT_DRIFT","reason":"accuracy fell","evidence":{}}""";
        Topic.send(Topics.TRAINING_REQUESTS, "nobody", request);
        Topic.send(Topics.TRAINING_REQUESTS, "nobody", request);

        var events = Topic.awaitEvents(Topics.TRAINING_PROGRESS, each -> each.get("model").stringValue().equals("nobody"));

        assertThat(events).hasSize(1);
        assertThat(events.getFirst().get("state").stringValue()).isEqualTo("DECLINED");
        assertThat(events.getFirst().get("request").stringValue()).isEqualTo("request-1");
        assertThat(events.getFirst().get("message").stringValue()).isEqualTo("model: nobody (expected: a declared model)");
        assertThat(get("/v1/jobs?model=nobody").body().get("jobs")).hasSize(1);
    }

    @Test
    void aRequestMaySayHowManyWorkersItWantsAndElseTheDefinitionDoes() {
        INGEST.seal("crew", Trips.schema(), Trips.examples(600, 1, 1), Trips.examples(200, 2, 1));
        put("/v1/models/crew", """
            {"dataset":"crew","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
             "training":{"batchSize":100,"workers":2,"elastic":true}}""");
        var request = """
            {"id":"%s","time":"2026-01-01T00:00:00Z","model":"crew","window":{"rule":"all"},"trigger":"MANUAL","reason":"a test","evidence":{}%s}""";
        Topic.send(Topics.TRAINING_REQUESTS, "crew", request.formatted("crew-1", ",\"workers\":3"));
        Topic.send(Topics.TRAINING_REQUESTS, "crew", request.formatted("crew-2", ""));
        var events = Topic.awaitEvents(Topics.TRAINING_PROGRESS, each -> each.get("model").stringValue().equals("crew")
            && !each.get("state").stringValue().equals("DECLINED"));

        var job = get("/v1/jobs/" + events.getFirst().get("job").stringValue()).body();
        post("/v1/jobs/" + job.get("id").stringValue() + ":cancel", "");
        finished(job.get("id").stringValue());

        assertThat(job.get("requestId").stringValue()).isEqualTo("crew-2");
        assertThat(job.get("workers").intValue()).isEqualTo(2);
        assertThat(job.get("elastic").booleanValue()).isTrue();
        var declined = Topic.awaitEvents(Topics.TRAINING_PROGRESS, each -> each.get("model").stringValue().equals("crew")
            && each.get("state").stringValue().equals("DECLINED")).getFirst();
        assertThat(declined.get("request").stringValue()).isEqualTo("crew-1");
        assertThat(declined.get("message").stringValue()).isEqualTo("workers: 3 (expected: a divisor of the definition's batchSize, 100)");
    }

    @Test
    void aHeldCandidateBecomesChampionOnlyWhenSomebodyApprovesAndNothingChangedSince() {
        INGEST.seal("held", Trips.schema(), Trips.examples(600, 1, 1), Trips.examples(200, 2, 1));
        declare("held", "held", 4, "");
        var first = held("held-1");
        var second = held("held-2");
        assertThat(first.get("message").stringValue()).startsWith("version 1 passed the gate and waits for approval");
        assertThat(get("/v1/models/held/versions").body().get("aliases")).isEmpty();

        decide("held-2", true);
        var promoted = Topic.awaitEvents(Topics.MODEL_VERSIONS, each -> is(each, "held", "PROMOTED")).getLast();
        assertThat(promoted.get("labels").get("champion").longValue()).isEqualTo(2);
        assertThat(promoted.get("reason").stringValue()).isEqualTo("approved by Eva: looks right");
        decide("held-2", false);
        decide("held-1", true);

        awaitState(first.get("id").stringValue(), "REJECTED");
        assertThat(get("/v1/jobs/" + first.get("id").stringValue()).body().get("message").stringValue())
            .isEqualTo("approved by Eva: looks right; but version 1 was compared with no champion, and version 2 is champion now");
        assertThat(get("/v1/jobs/" + second.get("id").stringValue()).body().get("state").stringValue()).isEqualTo("PROMOTED");
        assertThat(get("/v1/models/held/versions").body().get("aliases").get("champion").longValue()).isEqualTo(2);
    }

    private JsonNode held(String request) {
        Topic.send(Topics.TRAINING_REQUESTS, "held", """
            {"id":"%s","time":"2026-01-01T00:00:00Z","model":"held","window":{"rule":"all"},"trigger":"MANUAL","reason":"a test","evidence":{},
             "hold":true}""".formatted(request));
        var event = Topic.awaitEvents(Topics.TRAINING_PROGRESS, each -> request.equals(each.path("request").asString(""))
            && each.get("state").stringValue().equals("HELD")).getLast();
        return get("/v1/jobs/" + event.get("job").stringValue()).body();
    }

    private static void decide(String request, boolean approved) {
        Topic.send(Topics.APPROVALS, "held", """
            {"id":"%s-%s","time":"2026-01-01T00:00:00Z","model":"held","request":"%1$s","approved":%2$s,"by":"Eva","reason":"looks right"}"""
            .formatted(request, approved));
    }

    @Test
    void aSecondRequestIsDeclinedWhileAJobRuns() {
        INGEST.seal("busy", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(200, 2, 1));
        declare("busy", "busy", 500, "");
        var first = submit("busy");

        Topic.send(Topics.TRAINING_REQUESTS, "busy", """
            {"id":"request-2","time":"2026-01-01T00:00:00Z","model":"busy","window":{"rule":"all"},"trigger":"AGE",
             "reason":"old","evidence":{}}""");

        var declined = Topic.awaitEvents(Topics.TRAINING_PROGRESS, each -> "request-2".equals(each.path("request").asString("")));
        assertThat(declined.getFirst().get("message").stringValue()).contains(first);
        assertThat(post("/v1/models/busy/jobs", "").status()).isEqualTo(409);
        awaitState(first, "TRAINING");
        assertThat(post("/v1/jobs/" + first + ":cancel", "").status()).isEqualTo(200);
        assertThat(finished(first).get("state").stringValue()).isEqualTo("CANCELLED");
    }

    @Test
    void aCorruptShardFailsTheJobAndIsNamed() throws IOException {
        var file = INGEST.seal("corrupt", Trips.schema(), Trips.examples(500, 1, 1), Trips.examples(100, 2, 1));
        var bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 0x40;
        Files.write(file, bytes);
        declare("corrupt", "corrupt", 1, "");

        var job = finished(submit("corrupt"));

        assertThat(job.get("state").stringValue()).isEqualTo("FAILED");
        assertThat(job.get("message").stringValue()).startsWith("CORRUPT_RECORDS").contains(file.getFileName().toString());
    }

    @Test
    void aChildThatIsKilledMoreOftenThanItMayGoesOnAsLongAsItGetsFurther() throws IOException {
        INGEST.seal("killed", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(200, 2, 1));
        declare("killed", "killed", 1_000, "");
        var id = submit("killed");
        long reached = 0;

        // One more than the attempts that a job has.
        for (int kill = 0; kill < 4; kill++) {
            long before = reached;
            await().atMost(Duration.ofSeconds(60)).until(() -> Checkpoints.newestStep(folder(id).resolve("checkpoints")), step -> step > before);
            var victim = child(id);
            victim.destroyForcibly();
            await().atMost(Duration.ofSeconds(60)).until(() -> !victim.isAlive());
            reached = Checkpoints.newestStep(folder(id).resolve("checkpoints"));
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> get("/v1/jobs/" + id).body().get("attempt").intValue() == 5);
        awaitState(id, "TRAINING");
        post("/v1/jobs/" + id + ":cancel", "");
        var job = finished(id);
        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("CANCELLED");
        assertThat(job.get("tries").get("fruitless").intValue()).isEqualTo(1);
        assertThat(job.get("tries").get("reachedStep").longValue()).isGreaterThanOrEqualTo(reached);
        assertThat(Topic.awaitEvents(Topics.TRAINING_PROGRESS,
            each -> each.get("job").stringValue().equals(id) && each.get("state").stringValue().equals("QUEUED"))).hasSize(5);
    }

    @Test
    void aChildThatIsKilledBeforeItGetsAnywhereFailsItsJob() {
        INGEST.seal("hopeless", Trips.schema(), Trips.examples(600, 1, 1), Trips.examples(200, 2, 1));
        declare("hopeless", "hopeless", 1, "");
        var id = submit("hopeless");

        for (int attempt = 1; attempt <= 3; attempt++) {
            long before = attempt;
            var victim = await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(5)).ignoreExceptions().until(() -> {
                var started = child(id);
                return get("/v1/jobs/" + id).body().get("attempt").intValue() == before && started.isAlive() ? started : null;
            }, Objects::nonNull);
            victim.destroyForcibly();
        }

        var job = finished(id);
        assertThat(job.get("state").stringValue()).as(job.toString()).isEqualTo("FAILED");
        assertThat(job.get("attempt").intValue()).isEqualTo(3);
        assertThat(job.get("message").stringValue()).startsWith("attempt 3, the last of 3 that got no further than step 0: training process: exit status 137");
    }

    private static ProcessHandle child(String job) throws IOException {
        long pid = Long.parseLong(Files.readString(folder(job).resolve("child.pid")));
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static Path folder(String job) {
        return STORAGE.resolve("jobs").resolve(job);
    }

    private static boolean is(JsonNode event, String model, String change) {
        return event.get("model").stringValue().equals(model) && event.get("change").stringValue().equals(change);
    }
}

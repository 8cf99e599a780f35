package dev.tideline.monitoring.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.Stage;
import dev.tideline.monitoring.support.TestModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class DeploymentHistoryIT extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-02-01T12:00:00Z");

    @Autowired
    private JdbcClient jdbc;

    @Test
    void tellsWhichVersionServedAtAnyTimeAndWhy() {
        TestModel model = new TestModel("audited");
        stage.deploy(model, 2);
        stage.send(new TrainingRequest("audited-request", NOON, model.name(), new DataWindow.Last(5_000), TrainingRequest.Trigger.CONCEPT_DRIFT,
                "errors rose", Map.of("errorSince", 0.4)));
        stage.answer(model.name(), "audited-request", TrainingProgress.State.PROMOTED, model.job(2));
        decide("audited-1", NOON, model, 1, 1);
        move("audited-2", NOON.plusSeconds(10), model, 1);
        decide("audited-3", NOON.plusSeconds(100), model, 2, 2);
        move("audited-4", NOON.plusSeconds(110), model, 2);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(at(model, 120).path("trainedFor").path("trigger").asString(""))
                .isEqualTo("CONCEPT_DRIFT"));
        assertThat(stage.json(path(model, 5)).path("versions").isEmpty()).as("before anything is live").isTrue();
        assertThat(at(model, 50).path("version").asLong()).isEqualTo(1);
        assertThat(at(model, 105).path("version").asLong()).as("promoted, but not live yet").isEqualTo(1);
        JsonNode second = at(model, 120);
        assertThat(second.path("version").asLong()).isEqualTo(2);
        assertThat(second.path("decision").asString()).isEqualTo("PROMOTED");
        assertThat(second.path("reason").asString()).isEqualTo("as the test says");
        assertThat(second.at("/origin/dataset").asString()).isEqualTo(model.dataset());
        assertThat(second.at("/origin/job").asString()).isEqualTo(model.job(2));
        assertThat(second.at("/trainedFor/evidence/errorSince").asDouble()).isEqualTo(0.4);

        JsonNode history = stage.json("/v1/models/audited/deployments");
        assertThat(history.path("complete").asBoolean()).isTrue();
        assertThat(history.path("periods").valueStream().map(period -> period.path("versions").toString()).toList().reversed())
                .startsWith("[1]", "[2]");
    }

    @Test
    void aSecondDeliveryChangesNothing() {
        TestModel model = new TestModel("redelivered");
        for (int i = 0; i < 3; i++) {
            move("redelivered-1", NOON, model, 7);
        }
        move("redelivered-2", NOON.plusSeconds(1), model, 8);
        await().atMost(PATIENCE).until(() -> stage.json("/v1/models/redelivered/deployments").path("periods").size() == 2);
        assertThat(jdbc.sql("SELECT count(*) FROM instance_change WHERE model = 'redelivered'").query(Long.class).single()).isEqualTo(2);
    }

    @Test
    void aClockThatRunsAheadDoesNotHideADeployment() {
        TestModel model = new TestModel("ahead");
        move("ahead-1", Instant.now().plus(Duration.ofDays(400)), model, 3);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                stage.json("/v1/models/ahead/deployments?at=" + Instant.now()).at("/versions/0/version").asLong()).isEqualTo(3));
    }

    @Test
    void noRowIsEverChanged() {
        assertThatThrownBy(() -> jdbc.sql("UPDATE instance_change SET version = 1").update())
                .hasMessageContaining("instance_change: UPDATE (expected: rows are only added)");
        assertThatThrownBy(() -> jdbc.sql("DELETE FROM version_change").update())
                .hasMessageContaining("version_change: DELETE (expected: rows are only added)");
    }

    @Test
    void questionsThatCannotBeAnsweredAreRefused() {
        assertThat(stage.get("/v1/models/never-deployed/deployments").body()).contains("NO_DEPLOYMENTS", "model: never-deployed (expected: ");
        TestModel model = new TestModel("asked");
        move("asked-1", NOON, model, 1);
        await().atMost(PATIENCE).until(() -> stage.get("/v1/models/asked/deployments").statusCode() == 200);
        assertThat(stage.get("/v1/models/asked/deployments?at=2999-01-01T00:00:00Z").body()).contains("INVALID_TIME");
        assertThat(stage.get("/v1/models/asked/deployments?at=yesterday").statusCode()).isEqualTo(400);
        assertThat(stage.get("/v1/models/asked/deployments?limit=0").statusCode()).isEqualTo(400);
    }

    @Test
    void poisonGoesAsideAndWhatIsBehindItIsTaken() {
        TestModel model = new TestModel("poisoned");
        for (String poison : List.of("{", "{\"id\":\"poisoned-1\",\"time\":\"2026-02-01T12:00:00Z\",\"model\":\"poisoned\",\"version\":1,\"state\":\"LIVE\"}",
                "{\"id\":\"poisoned-2\",\"time\":\"2026-02-01T12:00:00Z\",\"model\":\"../x\",\"version\":1,\"instance\":\"one\",\"state\":\"LIVE\"}")) {
            stage.send(List.of(new ProducerRecord<>(Topics.DEPLOYMENTS, model.name(), poison.getBytes(StandardCharsets.UTF_8))));
        }
        move("poisoned-3", NOON, model, 5);
        await().atMost(PATIENCE).untilAsserted(() ->
                assertThat(stage.json("/v1/models/poisoned/deployments").at("/periods/0/versions/0").asLong()).isEqualTo(5));
        assertThat(stage.read(Topics.deadLetter(Topics.DEPLOYMENTS))).extracting(record -> Stage.header(record, "tideline-error-message"))
                .anyMatch(message -> message.startsWith("event: model poisoned, LIVE, null (expected: "))
                .anyMatch(message -> message.startsWith("event: model ../x"));
    }

    @Test
    void theStoryOfAModelComesInPages() {
        TestModel model = new TestModel("story");
        for (int i = 0; i < 5; i++) {
            move("story-" + i, NOON, model, i);
        }
        decide("story-5", NOON.minusSeconds(1), model, 4, 4);
        await().atMost(PATIENCE).until(() -> stage.json("/v1/models/story/timeline").path("events").size() == 6);

        List<String> seen = new ArrayList<>();
        JsonNode page = stage.json("/v1/models/story/timeline?limit=2");
        for (int pages = 0; pages < 10; pages++) {
            page.path("events").forEach(event -> seen.add(event.path("event").asString()));
            if (page.path("next").isNull()) {
                break;
            }
            page = stage.json("/v1/models/story/timeline?limit=2&after=" + page.path("next").asString());
        }
        assertThat(seen).containsExactly("story-4", "story-3", "story-2", "story-1", "story-0", "story-5");
        assertThat(stage.json("/v1/models/story/timeline?kind=VERSION").path("events")).singleElement()
                .satisfies(event -> assertThat(event.path("kind").asString()).isEqualTo("VERSION_PROMOTED"));
        assertThat(stage.json("/v1/models/story/timeline?version=3").path("events")).hasSize(1);
        assertThat(stage.json("/v1/models/story/timeline?to=" + NOON).path("events")).hasSize(1);
        assertThat(stage.get("/v1/models/story/timeline?after=x").statusCode()).isEqualTo(400);
    }

    private JsonNode at(TestModel model, int seconds) {
        return stage.json(path(model, seconds)).path("versions").path(0);
    }

    private static String path(TestModel model, int seconds) {
        return "/v1/models/" + model.name() + "/deployments?at=" + NOON.plusSeconds(seconds);
    }

    private void decide(String event, Instant at, TestModel model, long version, long champion) {
        stage.send(new ModelVersionEvent(event, at, model.name(), version, ModelVersionEvent.Change.PROMOTED, "as the test says",
                new TreeMap<>(), Map.of(ModelVersionEvent.CHAMPION, champion), Map.of()));
    }

    private void move(String event, Instant at, TestModel model, long version) {
        stage.send(new DeploymentEvent(event, at, model.name(), version, "one", DeploymentEvent.State.LIVE, null));
    }
}

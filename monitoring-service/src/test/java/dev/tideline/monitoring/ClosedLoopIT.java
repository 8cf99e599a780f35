package dev.tideline.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Approval;
import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress.State;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.Stage;
import dev.tideline.monitoring.support.TestModel;
import dev.tideline.tfrecord.Feature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

class ClosedLoopIT extends ServiceTest {

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anErrorAlarmLeadsToARequestForTheRowsSinceAndToASecondOne() {
        TestModel model = new TestModel("concept");
        stage.deploy(model, 1);
        play(model, 1, model.rows(0, 1_000, 0, 0.1));
        assertThat(stage.awaitState(model.name(), "HEALTHY").path("liveVersion").asLong()).isEqualTo(1);

        play(model, 1, model.rows(1_000, 200, 0, 0.6));
        await().atMost(Duration.ofSeconds(60)).until(() -> stage.get("/v1/models/" + model.name() + "/timeline").body()
                .contains("training needs 300 labelled rows since the alarm"));
        play(model, 1, model.rows(1_200, 600, 0, 0.6));
        stage.awaitState(model.name(), "TRAINING");

        TrainingRequest first = request(model, 1);
        assertThat(first.trigger()).isEqualTo(TrainingRequest.Trigger.CONCEPT_DRIFT);
        Instant from = ((DataWindow.Since) first.window()).time();
        assertThat(from).isBetween(Instant.parse("2026-03-01T00:00:01Z"), Instant.parse("2026-03-01T00:00:01.200Z"));
        await().atMost(Duration.ofSeconds(60)).until(() -> archivedSince(model, from) >= 300);
        assertThat(first.evidence()).containsKeys("errorBefore", "errorSince");

        stage.answer(model.name(), first.id(), State.PROMOTED);
        stage.deploy(model, 2);
        stage.awaitState(model.name(), "COLLECTING");
        play(model, 2, model.rows(1_800, 1_500, 0, 0.1));
        stage.awaitState(model.name(), "TRAINING");
        TrainingRequest second = request(model, 2);
        assertThat(second.window()).isEqualTo(new DataWindow.Since(from));
        await().atMost(Duration.ofSeconds(60)).until(() -> archivedSince(model, from) >= 2_000);
        assertThat(stage.get("/v1/models/" + model.name() + "/timeline").body())
                .contains("TRAINING_REQUESTED", "TRAINING_PROMOTED", "DEPLOYMENT_LIVE");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void twoDriftingWindowsLeadToARequestForRecentRows() {
        TestModel model = new TestModel("covariate");
        stage.deploy(model, 1);
        stage.predict(model, 1, model.rows(0, 600, 0, 0));
        await().atMost(Duration.ofSeconds(30)).until(() -> stage.windows(model.name()).size() >= 1);
        assertThat(stage.windows(model.name()).get(0).path("status").asString()).isEqualTo("STABLE");

        stage.predict(model, 1, model.rows(2_000, 1_500, 1, 0));
        stage.awaitState(model.name(), "TRAINING");

        TrainingRequest request = request(model, 1);
        assertThat(request.trigger()).isEqualTo(TrainingRequest.Trigger.DATA_DRIFT);
        assertThat(request.window()).isEqualTo(new DataWindow.Last(5_000));
        List<DriftEvent> drifted = stage.events(Topics.DRIFT, model.name(), DriftEvent.class).stream()
                .filter(event -> event.status() == DriftEvent.Status.DRIFT).toList();
        assertThat(drifted).hasSizeGreaterThanOrEqualTo(2);
        // A window that began with rows of before the change scores lower by as many of them as it holds.
        assertThat(drifted).filteredOn(event -> !event.windowStart().isBefore(Instant.parse("2026-03-01T00:00:02Z")))
                .isNotEmpty().allSatisfy(event -> assertThat(event.features()).filteredOn(feature -> feature.name().equals("x"))
                        .singleElement().satisfies(feature -> assertThat(feature.figures().get("psi")).isGreaterThan(0.5)));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void labelledPredictionsGoBackToTheDataset() {
        TestModel model = new TestModel("archive");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 20, 0, 0);
        play(model, 1, rows);
        await().atMost(Duration.ofSeconds(30)).until(() -> stage.read(Topics.records(model.dataset())).size() == 20);

        var record = stage.read(Topics.records(model.dataset())).stream()
                .filter(candidate -> rows.get(7).id().equals(candidate.key())).findFirst().orElseThrow();
        assertThat(Stage.example(record).features()).containsOnlyKeys("id", "at", "x", "y", "kind", "label");
        assertThat(Stage.example(record).feature("label")).isEqualTo(Feature.longs(rows.get(7).label()));
        assertThat(Stage.example(record).feature("at")).isEqualTo(Feature.text(rows.get(7).time().toString()));
        assertThat(Stage.header(record, RecordHeaders.TIME)).isEqualTo(rows.get(7).time().toString());
        assertThat(Stage.header(record, RecordHeaders.CONTENT_TYPE)).isEqualTo(RecordHeaders.EXAMPLE);
        assertThat(Stage.header(record, RecordHeaders.MODEL_VERSION)).isEqualTo("1");
        assertThat(Stage.header(record, RecordHeaders.SCHEMA_FINGERPRINT)).isEqualTo(model.schema().fingerprint());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aWindowOfASilentTopicClosesAllTheSame() {
        TestModel model = new TestModel("silent");
        stage.deploy(model, 1);
        stage.predict(model, 1, model.rows(0, 250, 0, 0));
        await().atMost(Duration.ofSeconds(30)).until(() -> stage.windows(model.name()).size() == 1);
        assertThat(stage.windows(model.name()).get(0).path("rows").asLong()).isEqualTo(250);
        assertThat(stage.windows(model.name()).get(0).path("status").asString()).isEqualTo("STABLE");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void anAlarmWhoseRowsAreKeptBackSaysThatNoneWillCome() {
        TestModel model = new TestModel("closed");
        stage.deploy(model, 1);
        assertThat(stage.put("/v1/models/" + model.name() + "/archive", "{\"enabled\":false}").statusCode()).isEqualTo(200);
        play(model, 1, model.rows(0, 1_000, 0, 0.1));
        play(model, 1, model.rows(1_000, 200, 0, 0.6));
        assertThat(stage.awaitState(model.name(), "COLLECTING").path("nextStep").asString())
                .matches("\\d+ of 300 labelled rows since the alarm; the archive rule lets no labelled row back.*");
        assertThat(stage.get("/v1/models/" + model.name() + "/timeline").body()).contains("the archive rule lets no labelled row back");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aCandidateWaitsForAPersonWhereThePolicySaysSo() {
        TestModel model = new TestModel("careful");
        String path = "/v1/models/" + model.name();
        stage.deploy(model, 1);
        assertThat(stage.put(path + "/policy", "{\"deployApproval\":true}").statusCode()).isEqualTo(200);
        assertThat(stage.post(path + ":retrain", null).statusCode()).isEqualTo(202);
        TrainingRequest request = request(model, 1);
        assertThat(request.hold()).isTrue();
        assertThat(stage.post(path + ":approve", null).statusCode()).isEqualTo(409);

        stage.answer(model.name(), request.id(), State.HELD);
        assertThat(stage.awaitState(model.name(), "APPROVAL").path("nextStep").asString()).isEqualTo(
                "waiting for a person to approve the candidate: as the test says");
        assertThat(stage.post(path + ":approve", "{\"by\":\"Eva\"}").statusCode()).isEqualTo(202);

        await().atMost(Duration.ofSeconds(30)).until(() -> !stage.events(Topics.APPROVALS, model.name(), Approval.class).isEmpty());
        assertThat(stage.events(Topics.APPROVALS, model.name(), Approval.class)).singleElement().satisfies(approval -> {
            assertThat(approval.request()).isEqualTo(request.id());
            assertThat(approval.approved()).isTrue();
            assertThat(approval.by()).isEqualTo("Eva");
        });
        stage.answer(model.name(), request.id(), State.PROMOTED);
        stage.deploy(model, 2);
        stage.awaitState(model.name(), "HEALTHY");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(stage.get(path + "/timeline").body())
                .contains("TRAINING_HELD", "CANDIDATE_APPROVED", "approved by Eva"));
    }

    private void play(TestModel model, long version, List<TestModel.Row> rows) {
        stage.predict(model, version, rows);
        stage.label(rows);
    }

    private TrainingRequest request(TestModel model, int number) {
        await().atMost(Duration.ofSeconds(30)).until(
                () -> stage.events(Topics.TRAINING_REQUESTS, model.name(), TrainingRequest.class).size() >= number);
        return stage.events(Topics.TRAINING_REQUESTS, model.name(), TrainingRequest.class).get(number - 1);
    }

    private long archivedSince(TestModel model, Instant from) {
        return stage.read(Topics.records(model.dataset())).stream()
                .filter(record -> !Instant.parse(Stage.header(record, RecordHeaders.TIME)).isBefore(from)).count();
    }
}

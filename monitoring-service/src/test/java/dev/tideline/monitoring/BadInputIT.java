package dev.tideline.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.Stage;
import dev.tideline.monitoring.support.TestModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class BadInputIT extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void aPoisonPredictionGoesAsideAndThoseBehindItAreTaken() {
        TestModel model = new TestModel("poison");
        stage.deploy(model, 1);
        stage.send(List.of(new ProducerRecord<>(Topics.PREDICTIONS, "poison-x", new byte[] {1, 2, 3})));
        List<TestModel.Row> rows = model.rows(0, 10, 0, 0);
        stage.predict(model, 1, rows);
        stage.label(rows);
        awaitArchived(model, 10);
        assertThat(stage.read(Topics.deadLetter(Topics.PREDICTIONS))).filteredOn(record -> "poison-x".equals(record.key()))
                .singleElement().satisfies(record -> {
                    assertThat(record.value()).containsExactly(1, 2, 3);
                    assertThat(Stage.header(record, "tideline-error-message")).startsWith("tideline-model: absent");
                });
    }

    @Test
    void poisonAsLargeAsABrokerTakesHoldsNothingUp() {
        TestModel model = new TestModel("large-poison");
        stage.deploy(model, 1);
        String id = "large-poison-" + "k".repeat(500_000);
        stage.send(List.of(new ProducerRecord<>(Topics.PREDICTIONS, id, new byte[500_000]),
                new ProducerRecord<>(Topics.OUTCOMES, id, "x".repeat(500_000).getBytes(StandardCharsets.UTF_8))));
        List<TestModel.Row> rows = model.rows(0, 10, 0, 0);
        stage.predict(model, 1, rows);
        stage.label(rows);
        awaitArchived(model, 10);
        assertThat(List.of(Topics.PREDICTIONS, Topics.OUTCOMES)).allSatisfy(topic -> await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(stage.read(Topics.deadLetter(topic))).filteredOn(record -> id.substring(0, 1_000).equals(record.key()))
                        .singleElement().satisfies(record -> assertThat(Stage.header(record, "tideline-cut-from")).isEqualTo("500000"))));
    }

    @Test
    void aRowThatItsDatasetsTopicWouldRefuseIsCountedAndHoldsNothingUp() {
        TestModel model = new TestModel("large-row");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 3, 0, 0);
        TestModel.Row first = rows.getFirst();
        TestModel.Row large = new TestModel.Row("large-row-x", first.time(), first.x(), first.y(), "z".repeat(1_045_000), 1, 1);
        stage.predict(model, 1, List.of(large));
        stage.predict(model, 1, rows);
        stage.label(List.of(large));
        stage.label(rows);
        awaitArchived(model, 3);
        await().atMost(PATIENCE).until(() -> stage.counter("tideline_archive_rows_total{result=\"TOO_LARGE\"") >= 1);
    }

    @Test
    void aRequestThatNoControllerSeesIsAnsweredInTheFormOfAllErrors() {
        var answer = stage.get("/v1/models/%00/windows");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).contains("\"code\":\"BAD_REQUEST\"", "request: GET /v1/models/%00/windows");
    }

    @Test
    void aPoisonLabelGoesAsideWithItsReason() {
        stage.send(List.of(new ProducerRecord<>(Topics.OUTCOMES, "bad-label", "{\"label\":[]".getBytes(StandardCharsets.UTF_8))));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stage.read(Topics.deadLetter(Topics.OUTCOMES)))
                .filteredOn(record -> "bad-label".equals(record.key())).singleElement()
                .satisfies(record -> assertThat(Stage.header(record, "tideline-error-code")).isEqualTo("MALFORMED_OUTCOME")));
    }

    @Test
    void aSignalThatCannotBeReadGoesAsideWithoutHoldingUpThoseBehindIt() {
        stage.send(List.of(new ProducerRecord<>(Signal.TOPIC, "poison-signal", "{\"kind\":\"Whirl\"}".getBytes(StandardCharsets.UTF_8))));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(stage.read(Topics.deadLetter(Signal.TOPIC)))
                .filteredOn(record -> "poison-signal".equals(record.key())).singleElement()
                .satisfies(record -> assertThat(Stage.header(record, "tideline-error-code")).isEqualTo("MALFORMED_EVENT")));
    }

    @Test
    void predictionsOfAnUnknownVersionAreCountedAndHoldNothingUp() {
        TestModel model = new TestModel("stranger");
        double before = stage.counter("tideline_predictions_learnt_total");
        stage.predict(model, 99, model.rows(0, 5, 0, 0));
        await().atMost(PATIENCE).until(() -> stage.counter("tideline_predictions_learnt_total") >= before + 5);
        assertThat(stage.get("/v1/models/stranger").statusCode()).isEqualTo(404);
    }

    @Test
    void theFirstLabelCountsAndLaterOnesAreCountedAside() {
        TestModel model = new TestModel("twice");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 3, 0, 0);
        double duplicates = stage.outcomes("DUPLICATE");
        double contradictions = stage.outcomes("CONTRADICTORY");
        stage.predict(model, 1, rows);
        stage.label(rows);
        awaitArchived(model, 3);
        stage.label(rows);
        stage.label(rows.stream().map(TestModel.Row::withOtherLabel).toList());
        await().atMost(PATIENCE).until(() -> stage.outcomes("DUPLICATE") >= duplicates + 3
                && stage.outcomes("CONTRADICTORY") >= contradictions + 3);
        assertThat(stage.read(Topics.records(model.dataset()))).hasSize(3);
    }

    @Test
    void aLabelMayComeBeforeItsPrediction() {
        TestModel model = new TestModel("early");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 3, 0, 0);
        double early = stage.outcomes("EARLY");
        stage.label(rows);
        await().atMost(PATIENCE).until(() -> stage.outcomes("EARLY") >= early + 3);
        stage.predict(model, 1, rows);
        awaitArchived(model, 3);
    }

    @Test
    void aLabelThatDoesNotFitTheModelIsCountedAndMayBeCorrected() {
        TestModel model = new TestModel("misfit");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 1, 0, 0);
        double invalid = stage.outcomes("INVALID");
        stage.predict(model, 1, rows);
        stage.post("/v1/outcomes", "{\"predictionId\":\"" + rows.getFirst().id() + "\",\"label\":\"yes\"}");
        await().atMost(PATIENCE).until(() -> stage.outcomes("INVALID") >= invalid + 1);
        stage.label(rows);
        awaitArchived(model, 1);
    }

    @Test
    void invalidOutcomesAreRefusedTogetherWithAllTheirProblems() {
        var answer = stage.post("/v1/outcomes", "[{\"predictionId\":\"a\",\"label\":1},{\"label\":1},{\"predictionId\":\"c\"}]");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("INVALID_OUTCOMES", "/1/predictionId", "/2/label");
    }

    @Test
    void tooManyOutcomesAtOnceAreRefused() {
        String many = Stream.generate(() -> "{}").limit(10_001).toList().toString();
        assertThat(stage.post("/v1/outcomes", many).statusCode()).isEqualTo(413);
    }

    @Test
    void aPolicyThatContradictsItselfIsRefused() {
        var answer = stage.put("/v1/models/policy/policy", "{\"errorAlarm\":{\"steps\":[2000,500]},\"dataDrift\":{\"windows\":0}}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("INVALID_POLICY", "/errorAlarm/steps/1", "/dataDrift/windows");
    }

    @Test
    void aPolicyIsKept() {
        assertThat(stage.put("/v1/models/kept/policy", "{\"dataDrift\":{\"windows\":4}}").statusCode()).isEqualTo(200);
        assertThat(stage.get("/v1/models/kept/policy").body()).contains("\"windows\":4", "\"time\":\"PT1H\"");
    }

    @Test
    void trainingCanBeAskedForByHandOnceAtATime() {
        TestModel model = new TestModel("manual");
        stage.deploy(model, 1);
        assertThat(stage.post("/v1/models/manual:retrain", "{\"reason\":\"new\\u0000season\"}").body()).contains("INVALID_WORDS", "U+0000 at place 3");
        assertThat(stage.post("/v1/models/manual:retrain", "{\"reason\":\"new season\"}").statusCode()).isEqualTo(202);
        assertThat(stage.post("/v1/models/manual:retrain", null).statusCode()).isEqualTo(409);
    }

    @Test
    void aModelThatNobodyKnowsIsNotFound() {
        var answer = stage.get("/v1/models/nobody");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("UNKNOWN_MODEL", "model: nobody (expected: ");
    }

    private void awaitArchived(TestModel model, int rows) {
        await().atMost(PATIENCE).until(() -> stage.read(Topics.records(model.dataset())).size() == rows);
    }
}

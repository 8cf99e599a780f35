package dev.tideline.monitoring.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.Stage;
import dev.tideline.monitoring.support.TestModel;
import dev.tideline.testing.TestKafka;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PredictionIT extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);


    @Test
    void aPredictionIsExplainedFromItsInputsToTheDataOfItsModel() {
        TestModel model = new TestModel("explained");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 5, 0, 0);
        stage.predict(model, 1, rows);
        stage.label(rows.subList(3, 4));

        JsonNode explained = awaitExplained(rows.get(3).id(), "/outcome/label");
        assertThat(explained.path("model").asString()).isEqualTo("explained");
        assertThat(explained.path("version").asLong()).isEqualTo(1);
        assertThat(explained.path("time").asString()).isEqualTo(rows.get(3).time().toString());
        assertThat(explained.at("/features/x").floatValue()).isEqualTo(rows.get(3).x());
        assertThat(explained.at("/features/kind").asString()).isEqualTo(rows.get(3).kind());
        assertThat(explained.at("/outputs/label").asLong()).isEqualTo(rows.get(3).predicted());
        assertThat(explained.at("/outcome/label").asLong()).isEqualTo(rows.get(3).label());
        assertThat(explained.at("/origin/dataset").asString()).isEqualTo(model.dataset());
        assertThat(explained.at("/origin/datasetVersion").asLong()).isEqualTo(1);
        assertThat(explained.at("/schema/fingerprint").asString()).isEqualTo(model.schema().fingerprint());
        assertThat(stage.json("/v1/predictions/" + rows.get(4).id()).path("outcome").isNull()).isTrue();
        // And back: the record that was made of it for the next training says what it was.
        await().atMost(PATIENCE).until(() -> stage.read(Topics.records(model.dataset())).size() == 1);
        ConsumerRecord<String, byte[]> archived = stage.read(Topics.records(model.dataset())).getFirst();
        assertThat(Stage.example(archived).feature("id")).isEqualTo(Feature.text(rows.get(3).id()));
        JsonNode back = stage.json("/v1/predictions/" + Stage.header(archived, RecordHeaders.PREDICTION_ID));
        for (String part : List.of("id", "model", "version", "features", "log")) {
            assertThat(back.path(part)).as(part).isEqualTo(explained.path(part));
        }
        assertThat(stage.json("/v1/predictions?id=" + rows.get(4).id()).path("id").asString()).isEqualTo(rows.get(4).id());
    }

    @Test
    void theFirstLabelIsTheOutcome() {
        TestModel model = new TestModel("first-label");
        List<TestModel.Row> rows = model.rows(0, 1, 0, 0);
        stage.predict(model, 1, rows);
        stage.label(rows);
        stage.label(List.of(rows.getFirst().withOtherLabel()));
        assertThat(awaitExplained(rows.getFirst().id(), "/outcome/label").at("/outcome/label").asLong()).isEqualTo(rows.getFirst().label());
    }

    @Test
    void lineageLeadsFromAPredictionToItsModelAlsoWhileTheOtherServicesAreAway() {
        TestModel model = new TestModel("traced");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 1, 0, 0);
        stage.predict(model, 1, rows);
        awaitExplained(rows.getFirst().id(), "/id");

        JsonNode graph = stage.json("/v1/predictions/" + rows.getFirst().id() + "/lineage");
        assertThat(graph.path("nodes").valueStream().map(node -> node.path("id").asString()).toList()).startsWith(
                "prediction:" + rows.getFirst().id(), "model-version:traced/1", "training-job:" + model.job(1), "dataset-version:traced-data/1");
        assertThat(graph.path("gaps").valueStream().map(gap -> gap.path("reason").asString()).toList())
                .containsExactlyInAnyOrder("training-service: does not answer", "ingest-service: does not answer");
        assertThat(stage.get("/v1/predictions/" + rows.getFirst().id() + "/lineage.html").body()).contains("prediction traced-0", "dataset traced-data");
        assertThat(stage.json("/v1/models/traced/versions/1/lineage").path("nodes")).hasSize(3);
        assertThat(stage.get("/v1/models/traced/versions/99/lineage").body()).contains("UNKNOWN_ORIGIN");
    }

    @Test
    void whatARuleHidesIsNotShown() {
        TestModel model = new TestModel("private");
        stage.deploy(model, 1);
        assertThat(stage.put("/v1/models/private/archive", "{\"redact\":{\"x\":\"DROP\"}}").body())
                .contains("INVALID_ARCHIVE_RULE", "/redact/x", "optional");
        assertThat(stage.put("/v1/models/private/archive", "{\"redact\":{\"kind\":\"HASH\",\"output/probability\":\"DROP\"}}").statusCode())
                .isEqualTo(200);
        List<TestModel.Row> rows = model.rows(0, 2, 0, 0);
        stage.predict(model, 1, rows);
        stage.label(rows);

        JsonNode explained = awaitExplained(rows.getFirst().id(), "/id");
        assertThat(explained.at("/features/kind").asString()).matches("[0-9a-f]{64}");
        assertThat(explained.path("outputs").has("probability")).isFalse();
        assertThat(explained.path("hidden").toString()).isEqualTo("[\"kind\",\"output/probability\"]");
        await().atMost(PATIENCE).until(() -> stage.read(Topics.records(model.dataset())).size() == 2);
        assertThat(stage.read(Topics.records(model.dataset()))).allSatisfy(record ->
                assertThat(new String(record.value(), StandardCharsets.ISO_8859_1)).containsPattern("[0-9a-f]{64}"));
    }

    @Test
    void onlyTheShareOfTheRuleGoesBackAndNothingWhenItIsOff() {
        TestModel model = new TestModel("sampled");
        stage.deploy(model, 1);
        assertThat(stage.put("/v1/models/sampled/archive", "{\"share\":0.2}").statusCode()).isEqualTo(200);
        List<TestModel.Row> rows = model.rows(0, 300, 0, 0);
        stage.predict(model, 1, rows);
        stage.label(rows);
        await().atMost(PATIENCE).until(() -> stage.model(model.name()).at("/labels/labels").asLong() == 300);
        assertThat(stage.read(Topics.records(model.dataset())).size()).isBetween(35, 85);
        assertThat(stage.json("/v1/models/sampled/archive").path("share").asDouble()).isEqualTo(0.2);
        assertThat(stage.put("/v1/models/sampled/archive", "{\"share\":2}").body()).contains("/share", "0 to 1");
    }

    @Test
    void anIdThatNobodyGaveIsNotFound() {
        var answer = stage.get("/v1/predictions/nobody-0");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("UNKNOWN_PREDICTION", "prediction: nobody-0 (expected: <request id>-<row> of the last 30 days)");
        assertThat(stage.get("/v1/predictions/" + "x".repeat(300)).statusCode()).isEqualTo(404);
        assertThat(stage.get("/v1/predictions?id=%00").statusCode()).isEqualTo(404);
    }

    @Test
    void idsAndLabelsThatNoDatabaseTakesHoldNothingUp() {
        TestModel model = new TestModel("strange-ids");
        stage.send(List.of(new ProducerRecord<>(Topics.OUTCOMES, "strange", "{\"predictionId\":\"a\\u0000b\",\"label\":1}".getBytes(StandardCharsets.UTF_8)),
                new ProducerRecord<>(Topics.OUTCOMES, "strange", "{\"predictionId\":\"\\ud800\",\"label\":1}".getBytes(StandardCharsets.UTF_8)),
                new ProducerRecord<>(Topics.OUTCOMES, null, 0L, "strange", "{\"predictionId\":\"strange\",\"label\":1}".getBytes(StandardCharsets.UTF_8)),
                new ProducerRecord<>(Topics.OUTCOMES, "strange-ids-0",
                        "{\"predictionId\":\"strange-ids-0\",\"label\":\"\\ud800\"}".getBytes(StandardCharsets.UTF_8))));
        List<TestModel.Row> rows = model.rows(0, 1, 0, 0);
        stage.predict(model, 1, rows);
        assertThat(awaitExplained(rows.getFirst().id(), "/outcome/label").at("/outcome/label").asString()).isEqualTo("?");
    }

    /** Last, because it empties the start of a shared topic. */
    @Test
    void contentThatKafkaGaveUpIsGoneAndNotUnknown() throws InterruptedException, ExecutionException {
        TestModel model = new TestModel("gone");
        List<TestModel.Row> rows = model.rows(0, 1, 0, 0);
        stage.predict(model, 1, rows);
        JsonNode log = awaitExplained(rows.getFirst().id(), "/id").path("log");
        TopicPartition partition = new TopicPartition(Topics.PREDICTIONS, log.path("partition").asInt());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.shared().bootstrap()))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(log.path("offset").asLong() + 1))).all().get();
        }
        var answer = stage.get("/v1/predictions/" + rows.getFirst().id());
        assertThat(answer.statusCode()).isEqualTo(410);
        assertThat(answer.body()).contains("EXPIRED_PREDICTION", "by model gone version 1");
        assertThat(stage.get("/v1/predictions/" + rows.getFirst().id() + "/lineage").statusCode()).isEqualTo(200);
    }

    private JsonNode awaitExplained(String id, String pointer) {
        await().atMost(PATIENCE).until(() -> {
            JsonNode found = stage.json("/v1/predictions/" + id).at(pointer);
            return !found.isMissingNode() && !found.isNull();
        });
        return stage.json("/v1/predictions/" + id);
    }
}

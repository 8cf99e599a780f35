package dev.tideline.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.TestModel;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** Windows and quality of traffic that is sliced, late, sparse, or of a model that was trained elsewhere. */
class WatchedTrafficIT extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void theFirstPredictionsOfAModelTrainedElsewhereBecomeItsBaseline() {
        TestModel model = new TestModel("elsewhere");
        stage.predict(model, 3, model.rows(0, 2_000, 0, 0));
        List<TestModel.Row> clean = model.rows(2_000, 600, 0, 0);
        stage.predict(model, 3, clean);
        awaitRows(model, 600);
        assertThat(stage.windows(model.name())).allSatisfy(window -> assertThat(window.path("status").asString()).isNotEqualTo("DRIFT"));

        stage.label(clean.subList(0, 500));
        await().atMost(PATIENCE).until(() -> stage.quality(model.name(), "").size() == 1);
        assertThat(stage.quality(model.name(), "").get(0).path("figures").path("accuracy").asDouble()).isEqualTo(1);

        stage.predict(model, 3, model.rows(2_600, 600, 1.5, 0));
        awaitRows(model, 1_200);
        assertThat(stage.events(Topics.DRIFT, model.name(), DriftEvent.class)).anySatisfy(
                event -> assertThat(event.status()).isEqualTo(DriftEvent.Status.DRIFT));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aVersionWhoseBaselineIsLargerThanAnOrdinaryMessageIsWatchedLikeAnyOther() {
        stage.send(IntStream.range(0, 2_500).mapToObj(WatchedTrafficIT::wordy).toList());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows(stage.windows("wordy"))).isEqualTo(500));
        assertThat(stage.windows("wordy").get(0).path("features")).hasSize(26);
    }

    /** Nobody has seen any of its 26 texts before: the baseline of the first 2,000 rows takes 1.3 MB. */
    private static ProducerRecord<String, byte[]> wordy(int row) {
        Map<String, Feature> features = new TreeMap<>();
        IntStream.range(0, 26).forEach(i -> features.put("text" + i, Feature.text(row + "x".repeat(245))));
        var record = new ProducerRecord<>(Topics.PREDICTIONS, "wordy-" + row, Example.of(features).encode());
        record.headers().add(RecordHeaders.MODEL, "wordy".getBytes(StandardCharsets.UTF_8))
                .add(RecordHeaders.MODEL_VERSION, "1".getBytes(StandardCharsets.UTF_8));
        return record;
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void slicesHaveWindowsAndQualityOfTheirOwn() {
        TestModel model = new TestModel("sliced");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 1_300, 0, 0.1);
        stage.predict(model, 1, rows);
        stage.label(rows);
        long ofA = rows.stream().filter(row -> row.kind().equals("a")).count();
        await().atMost(PATIENCE).until(() -> rows(windows(model, "kind%3Da")) == ofA);
        long ofB = rows.stream().filter(row -> row.kind().equals("b")).count();
        await().atMost(PATIENCE).until(() -> rows(windows(model, "kind%3Db")) == ofB);
        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(stage.get("/v1/models/sliced/slices").body()).contains("kind=a", "kind=b", "kind=c"));

        // All of its rows are of one kind, which is what makes it a slice and no drift.
        assertThat(windows(model, "kind%3Da").valueStream().map(window -> window.path("status").asString()))
                .contains("STABLE").isSubsetOf("STABLE", "INSUFFICIENT_DATA");

        await().atMost(PATIENCE).until(() -> stage.quality(model.name(), "kind%3Da").size() == 1);
        JsonNode quality = stage.quality(model.name(), "kind%3Da").get(0);
        assertThat(quality.path("labels").asLong()).isEqualTo(500);
        assertThat(quality.path("figures").path("accuracy").asDouble()).isCloseTo(0.9, within(0.05));
        assertThat(quality.path("figures").path("auc").asDouble()).isBetween(0.85, 1.0);
        // Verdicts over slices are no events: nobody may take them for the model's.
        assertThat(stage.events(Topics.DRIFT, model.name(), DriftEvent.class).stream().mapToLong(DriftEvent::rows).sum()).isBetween(1L, 1_300L);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void lateRowsAreCountedAndStretchNoWindow() {
        TestModel model = new TestModel("tardy");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = new ArrayList<>(model.rows(0, 300, 0, 0));
        Instant longAgo = rows.getFirst().time().minus(Duration.ofDays(1));
        double before = stage.counter("tideline_predictions_late_total");
        stage.predict(model, 1, rows);
        stage.predict(model, 1, model.rows(300, 20, 0, 0).stream().map(row -> row.at(longAgo)).toList());
        awaitRows(model, 320);
        JsonNode window = stage.windows(model.name()).get(0);
        assertThat(window.path("late").asLong()).isEqualTo(20);
        assertThat(Instant.parse(window.path("from").asString())).isAfter(longAgo.plusSeconds(1));
        assertThat(stage.counter("tideline_predictions_late_total") - before).isEqualTo(20);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shortWindowsCountTogetherUntilThereAreRowsEnough() {
        TestModel model = new TestModel("sparse");
        stage.deploy(model, 1);
        for (int i = 0; i < 2; i++) {
            int windows = i + 1;
            stage.predict(model, 1, model.rows(i * 120, 120, 0, 0));
            await().atMost(PATIENCE).until(() -> stage.windows(model.name()).size() == windows);
        }
        JsonNode windows = stage.windows(model.name());
        assertThat(windows.get(1).path("status").asString()).isEqualTo("INSUFFICIENT_DATA");
        assertThat(windows.get(0).path("status").asString()).isEqualTo("STABLE");
        assertThat(windows.get(0).path("rows").asLong()).isEqualTo(120);
        assertThat(windows.get(0).path("judgedRows").asLong()).isEqualTo(240);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void qualityComesWithFiguresAndAccuracyIsEstimatedFromIt() {
        TestModel model = new TestModel("estimated");
        stage.deploy(model, 1);
        List<TestModel.Row> rows = model.rows(0, 500, 0, 0.2);
        stage.predict(model, 1, rows);
        stage.label(rows);
        await().atMost(PATIENCE).until(() -> stage.quality(model.name(), "").size() == 1);
        JsonNode figures = stage.quality(model.name(), "").get(0).path("figures");
        assertThat(figures.path("accuracy").asDouble()).isCloseTo(0.8, within(0.06));
        assertThat(figures.path("logLoss").asDouble()).isPositive();
        assertThat(figures.path("calibrationError").asDouble()).isBetween(0.0, 0.3);

        int windows = stage.windows(model.name()).size();
        stage.predict(model, 1, model.rows(500, 500, 0, 0.2));
        await().atMost(PATIENCE).until(() -> stage.windows(model.name()).size() > windows);
        JsonNode estimated = stage.windows(model.name()).get(0).path("figures");
        assertThat(estimated.path("estimatedAccuracy").asDouble()).isCloseTo(0.8, within(0.06));
        assertThat(estimated.path("estimatedAccuracyError").asDouble()).isBetween(0.005, 0.06);
    }

    /** Three labels: the first always rightly said, the second rightly not, the third said for all rows and there in every other one. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void labelsOfAMultilabelModelHaveTheirFigures() {
        stage.send(IntStream.range(0, 2_500).mapToObj(WatchedTrafficIT::tagged).toList());
        await("a baseline, without which labels lead nowhere").atMost(PATIENCE).untilAsserted(
                () -> assertThat(rows(stage.windows("tagged"))).isEqualTo(500));
        String labels = IntStream.range(2_000, 2_500).mapToObj(i -> "{\"predictionId\":\"tagged-" + i + "\",\"label\":[1,0," + i % 2 + "]}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThat(stage.post("/v1/outcomes", labels).statusCode()).isEqualTo(202);
        await().atMost(PATIENCE).until(() -> stage.quality("tagged", "").size() == 1);
        JsonNode figures = stage.quality("tagged", "").get(0).path("figures");
        assertThat(figures.path("accuracy").asDouble()).isCloseTo(5 / 6.0, within(1e-9));
        assertThat(figures.path("exact").asDouble()).isCloseTo(0.5, within(1e-9));
        assertThat(figures.path("microF1").asDouble()).isCloseTo(2 * 750 / 1_750.0, within(1e-9));
        assertThat(figures.path("macroF1").asDouble()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-9));
    }

    private static ProducerRecord<String, byte[]> tagged(int row) {
        Example example = Example.of(Map.of("x", Feature.floats(row % 7), "output/probabilities", Feature.floats(0.9f, 0.2f, 0.7f)));
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.PREDICTIONS, "tagged-" + row, example.encode());
        record.headers().add(RecordHeaders.CONTENT_TYPE, RecordHeaders.EXAMPLE.getBytes(StandardCharsets.UTF_8));
        record.headers().add(RecordHeaders.MODEL, "tagged".getBytes(StandardCharsets.UTF_8));
        record.headers().add(RecordHeaders.MODEL_VERSION, "1".getBytes(StandardCharsets.UTF_8));
        record.headers().add(RecordHeaders.TIME, Instant.parse("2026-03-01T00:00:00Z").plusMillis(row).toString().getBytes(StandardCharsets.UTF_8));
        return record;
    }

    private void awaitRows(TestModel model, long rows) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows(stage.windows(model.name()))).isEqualTo(rows));
    }

    private JsonNode windows(TestModel model, String slice) {
        return tools.jackson.databind.json.JsonMapper.builder().build()
                .readTree(stage.get("/v1/models/" + model.name() + "/windows?slice=" + slice).body()).path("windows");
    }

    private static long rows(JsonNode windows) {
        long rows = 0;
        for (JsonNode window : windows) {
            rows += window.path("rows").asLong();
        }
        return rows;
    }
}

package dev.tideline.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was published once must be readable for ever: one golden file per version of an event. */
class GoldenEventsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant TIME = Instant.parse("2026-11-22T10:15:30.123456Z");

    static Stream<Event> events() {
        return Stream.of(
                new DatasetVersionEvent("e1", TIME, DatasetVersionEvent.Status.SEALED, "trips", 3, 5000, "f00d", "beef",
                        "datasets/trips/versions/3/manifest.json"),
                new TrainingRequest("e2", TIME, "late", new DataWindow.Since(TIME), TrainingRequest.Trigger.CONCEPT_DRIFT,
                        "error rate rose from 0.1 to 0.4", Map.of("errorRate", 0.4)),
                new TrainingProgress("e3", TIME, "job-1", "late", "e2", TrainingProgress.State.TRAINING, null, 1, 5, 40, 200,
                        12_500.5, 3.25, Map.of("loss", 0.31)),
                new ModelVersionEvent("e4", TIME, "late", 2, ModelVersionEvent.Change.PROMOTED, "accuracy 0.91 beats 0.62",
                        new TreeMap<>(Map.of(2L, "models/late/2")), Map.of(ModelVersionEvent.CHAMPION, 2L), Map.of("accuracy", 0.91)),
                new DeploymentEvent("e5", TIME, "late", 2, "inference-1", DeploymentEvent.State.FAILED, "no signature"),
                new DriftEvent("e6", TIME, "late", 1, TIME.minusSeconds(60), TIME, 500, DriftEvent.Status.DRIFT,
                        List.of(new DriftEvent.Feature("distance", DriftEvent.Status.DRIFT, Map.of("psi", 0.42))), 400, 0.61,
                        "distance moved"),
                new Approval("e7", TIME, "late", "e2", true, "Eva", "looks right"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void writesTheGoldenForm(Event event) {
        assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(golden(event));
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsTheGoldenForm(Event event) {
        assertThat((Object) JSON.treeToValue(golden(event), event.getClass())).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void ignoresFieldsOfLaterVersions(Event event) {
        JsonNode later = ((ObjectNode) golden(event)).put("addedLater", 1);

        assertThat((Object) JSON.treeToValue(later, event.getClass())).isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void hasATypeThatNamesItsVersion(Event event) {
        assertThat(event.type()).matches("dev\\.tideline\\.[a-z-]+\\.v[0-9]+");
    }

    /** What was added to an event later has a golden file of its own; the older form stays readable and without the addition. */
    @Test
    void tellsWhatServedVersionsWereTrainedOn() throws IOException {
        ModelVersionEvent event = new ModelVersionEvent("e4", TIME, "late", 2, ModelVersionEvent.Change.PROMOTED, "accuracy 0.91 beats 0.62",
                new TreeMap<>(Map.of(2L, "models/late/2")), Map.of(ModelVersionEvent.CHAMPION, 2L), Map.of("accuracy", 0.91),
                new TreeMap<>(Map.of(2L, new ModelVersionEvent.TrainedOn("trips", 3))));

        try (InputStream in = GoldenEventsTest.class.getResourceAsStream("/golden/model-version.v1-trained-on.json")) {
            JsonNode golden = JSON.readTree(in);
            assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(golden);
            assertThat(JSON.treeToValue(golden, ModelVersionEvent.class)).isEqualTo(event);
        }
    }

    @Test
    void tellsHowManyWorkersARequestWants() throws IOException {
        TrainingRequest event = new TrainingRequest("e2", TIME, "late", new DataWindow.Last(5), TrainingRequest.Trigger.MANUAL, "a large one",
                Map.of(), 2, true, null);

        try (InputStream in = GoldenEventsTest.class.getResourceAsStream("/golden/training-request.v1-workers.json")) {
            JsonNode golden = JSON.readTree(in);
            assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(golden);
            assertThat(JSON.treeToValue(golden, TrainingRequest.class)).isEqualTo(event);
        }
    }

    @Test
    void tellsThatACandidateIsToWaitForAPerson() throws IOException {
        TrainingRequest event = new TrainingRequest("e2", TIME, "late", new DataWindow.Last(5), TrainingRequest.Trigger.MANUAL, "a careful one",
                Map.of(), null, null, true);

        try (InputStream in = GoldenEventsTest.class.getResourceAsStream("/golden/training-request.v1-hold.json")) {
            JsonNode golden = JSON.readTree(in);
            assertThat(JSON.readTree(JSON.writeValueAsString(event))).isEqualTo(golden);
            assertThat(JSON.treeToValue(golden, TrainingRequest.class)).isEqualTo(event);
        }
    }

    @Test
    void coversEveryEvent() {
        assertThat(events().map(Object::getClass)).containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
    }

    @Test
    void keepsTheRulesOfDataWindows() {
        assertThat(Stream.of("{\"rule\":\"all\"}", "{\"rule\":\"last\",\"records\":5}", "{\"rule\":\"since\",\"time\":\"" + TIME + "\"}")
                .map(json -> (DataWindow) JSON.readValue(json, DataWindow.class)))
                .containsExactly(new DataWindow.All(), new DataWindow.Last(5), new DataWindow.Since(TIME));
    }

    private static JsonNode golden(Event event) {
        String name = "/golden/" + event.type().substring("dev.tideline.".length()) + ".json";
        try (InputStream in = GoldenEventsTest.class.getResourceAsStream(name)) {
            assertThat(in).as("golden file %s", name).isNotNull();
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

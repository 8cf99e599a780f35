package dev.tideline.ingest.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.ModelVersionEvent.TrainedOn;
import dev.tideline.ingest.support.ServiceTest;
import dev.tideline.ingest.version.Versions;
import dev.tideline.starter.event.EventPublisher;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Events of a real topic decide what is kept. */
class ModelListenerIT extends ServiceTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final EventPublisher publisher;
    private final Versions versions;

    ModelListenerIT(EventPublisher publisher, Versions versions) {
        this.publisher = publisher;
        this.versions = versions;
    }

    @Test
    void keepsTheDataBehindALiveModelUntilAnotherTakesItsPlace() {
        sealTwo("live-data");
        promote("live", 1, Map.of(1L, new TrainedOn("live-data", 1)), NOON);
        awaitPins("live-data", 1, "model:live");
        assertThat(versions.retire("live-data", 1)).isFalse();

        promote("live", 2, Map.of(2L, new TrainedOn("live-data", 2)), NOON.plusSeconds(60));
        awaitPins("live-data", 2, "model:live");

        assertThat(pins("live-data", 1)).isEmpty();
        assertThat(versions.retire("live-data", 1)).isTrue();
    }

    @Test
    void doesNotGoBackForAnOlderEventThatComesAgain() {
        sealTwo("replayed-data");
        promote("replayed", 2, Map.of(2L, new TrainedOn("replayed-data", 2)), NOON.plusSeconds(60));
        awaitPins("replayed-data", 2, "model:replayed");

        promote("replayed", 1, Map.of(1L, new TrainedOn("replayed-data", 1)), NOON);
        promote("replayed-marker", 1, Map.of(1L, new TrainedOn("replayed-data", 1)), NOON);
        // The marker may lie on another partition, so the older event is followed by a newer one of the same model as well.
        promote("replayed", 2, Map.of(2L, new TrainedOn("replayed-data", 2)), NOON.plusSeconds(61));
        awaitPins("replayed-data", 1, "model:replayed-marker");

        assertThat(pins("replayed-data", 1)).containsExactly("model:replayed-marker");
        assertThat(pins("replayed-data", 2)).containsExactly("model:replayed");
    }

    @Test
    void leavesPinsAsTheyAreForAnEventThatDoesNotTell() {
        sealTwo("untold-data");
        promote("untold", 1, Map.of(1L, new TrainedOn("untold-data", 1)), NOON);
        awaitPins("untold-data", 1, "model:untold");

        promote("untold", 2, null, NOON.plusSeconds(60));
        promote("untold", 2, Map.of(1L, new TrainedOn("untold-data", 1), 2L, new TrainedOn("untold-data", 2)), NOON.plusSeconds(30));

        awaitPins("untold-data", 2, "model:untold");
    }

    @Test
    void survivesDataThatIsGone() {
        sealTwo("gone-data");
        versions.retire("gone-data", 1);
        promote("gone", 1, Map.of(1L, new TrainedOn("gone-data", 1)), NOON);
        promote("gone", 2, Map.of(2L, new TrainedOn("gone-data", 2)), NOON.plusSeconds(1));

        awaitPins("gone-data", 2, "model:gone");
        assertThat(pins("gone-data", 1)).isEmpty();
    }

    private void sealTwo(String dataset) {
        ingest.declare(dataset);
        for (int i = 0; i < 2; i++) {
            ingest.sendRecords(dataset, i * 10, i * 10 + 10);
            assertThat(ingest.seal(dataset, "{\"rule\":\"all\"}", "v" + i).status()).isEqualTo(201);
        }
    }

    private void promote(String model, long version, @Nullable Map<Long, TrainedOn> data, Instant time) {
        publisher.publish(new ModelVersionEvent(UUID.randomUUID().toString(), time, model, version, ModelVersionEvent.Change.PROMOTED, "better",
                new TreeMap<>(Map.of(version, "models/" + model + "/" + version)), Map.of(ModelVersionEvent.CHAMPION, version), Map.of(),
                data == null ? null : new TreeMap<>(data))).join();
    }

    private void awaitPins(String dataset, long version, String owner) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(pins(dataset, version)).contains(owner));
    }

    private List<String> pins(String dataset, long version) {
        return ingest.get("/v1/datasets/" + dataset + "/versions/" + version + "/pins").body().path("pins").valueStream()
                .map(pin -> pin.path("owner").asString()).toList();
    }
}

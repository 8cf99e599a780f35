package dev.tideline.monitoring.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.Baseline;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.storage.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredBaselinesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    private Path storage;

    private Instant now = NOON;

    @Test
    void aManifestSaysWhatTheVersionWasTrainedOnAndWhatItsAnswersOweToEachInput() throws IOException {
        publish(1, new TreeMap<>(Map.of("x", 0.75, "y", 0.25)));
        ModelBaseline found = baselines().find("m", 1).orElseThrow();
        assertThat(found.dataset()).isEqualTo("d");
        assertThat(found.importance()).containsExactlyInAnyOrderEntriesOf(Map.of("x", 0.75, "y", 0.25));
        assertThat(found.baselines()).containsOnlyKeys("x");
        assertThat(found.isLearnt()).isFalse();
    }

    @Test
    void theNewestVersionIsTheOneWithTheHighestNumber() throws IOException {
        publish(2, new TreeMap<>());
        publish(11, new TreeMap<>(Map.of("x", 1.0)));
        assertThat(baselines().newest("m").orElseThrow().importance()).containsOnlyKeys("x");
        assertThat(baselines().newest("nobody")).isEmpty();
    }

    @Test
    void aDamagedManifestIsNotWatchedAndReadAgainWhenItIsWhole() throws IOException {
        publish(1, new TreeMap<>());
        Path file = storage.resolve("models/m/1/manifest.json");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 2));
        StoredBaselines baselines = baselines();
        assertThat(baselines.find("m", 1)).isEmpty();
        Files.writeString(file, whole);
        assertThat(baselines.find("m", 1)).as("at once the answer is remembered").isEmpty();
        now = NOON.plusSeconds(3);
        assertThat(baselines.find("m", 1)).isPresent();
    }

    private StoredBaselines baselines() {
        // The database is asked about versions without a manifest only.
        return new StoredBaselines(LocalFiles.inPlace(storage), null, () -> now);
    }

    private void publish(long version, TreeMap<String, Double> importance) throws IOException {
        Schema schema = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("label", Kind.INT)), "label", null, null);
        try (ModelStore.Draft draft = new ModelStore(storage).draft("m", version, 1)) {
            draft.publish(new ModelManifest("m", version, NOON, "d", 1, "0", schema, 1, null, new TreeMap<>(),
                    new TreeMap<>(Map.of("x", new Baseline.Numeric(new double[] {0}, new long[] {5, 5}, 0, -1, 1, 0, 1))), importance, null,
                    new TreeMap<>()));
        }
    }
}

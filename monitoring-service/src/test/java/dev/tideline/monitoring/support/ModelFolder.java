package dev.tideline.monitoring.support;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.features.Baseline;
import dev.tideline.features.Baselines;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Publishes manifests as training-service does; there is no SavedModel beside them, which monitoring does not read. */
final class ModelFolder {

    private static final int TRAINING_ROWS = 5_000;
    private static final int FAR_AWAY = 10_000_000;

    private final ModelStore store;

    ModelFolder(Path storage) {
        this.store = new ModelStore(storage);
    }

    void publish(TestModel model, long version) {
        ModelManifest manifest = new ModelManifest(model.name(), version, Instant.parse("2026-02-28T00:00:00Z"), model.dataset(), 1,
                "0".repeat(64), model.schema(), 1, null, new TreeMap<>(), baselines(model), new TreeMap<>(), lineage(model, version), new TreeMap<>());
        try (ModelStore.Draft draft = store.draft(model.name(), version, 1)) {
            draft.publish(manifest);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static ModelManifest.Lineage lineage(TestModel model, long version) {
        return new ModelManifest.Lineage(model.job(version), "c".repeat(64), new TreeMap<>(), true, List.of("better than nothing"));
    }

    private static SortedMap<String, Baseline> baselines(TestModel model) {
        List<FeatureSpec> watched = List.of(FeatureSpec.scalar("x", Kind.FLOAT), FeatureSpec.scalar("y", Kind.FLOAT),
                FeatureSpec.scalar("kind", Kind.TEXT),
                FeatureSpec.scalar(RecordHeaders.OUTPUT_PREFIX + "probability", Kind.FLOAT),
                FeatureSpec.scalar(RecordHeaders.OUTPUT_PREFIX + "label", Kind.INT));
        StatisticsBuilder statistics = new StatisticsBuilder(watched);
        model.rows(FAR_AWAY, TRAINING_ROWS, 0, 0).forEach(row -> statistics.add(model.logged(row)));
        return Baselines.from(statistics.build(), watched);
    }
}

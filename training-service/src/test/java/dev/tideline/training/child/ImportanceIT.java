package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.DefinitionReader;
import dev.tideline.training.network.NetworkPlan;
import dev.tideline.training.support.FakeIngest;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ImportanceIT {

    private static final String DEFINITION = """
            {"dataset":"trips","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
             "optimizer":{"adam":{"learningRate":0.02}},"training":{"epochs":12,"batchSize":50,"seed":3}}""";

    @TempDir
    private Path folder;

    @Test
    void whatDecidesWeighsMostAndAConstantWeighsNothing() throws IOException {
        Path storage = TemporaryFolders.create("tideline-importance");
        Path shard = new FakeIngest(storage).seal("trips", Trips.schema(), Trips.examples(800, 1, 1), Trips.examples(600, 2, 1));
        Path manifest = shard.getParent().resolveSibling("versions").resolve("1").resolve("manifest.json");
        var json = JsonMapper.builder().build().readTree(DEFINITION);
        var order = new ChildOrder("job", "m", 1, json, manifest.toString(), storage.toString(), null,
            Files.createDirectories(folder.resolve("model")).toString(), folder.resolve("job/checkpoints").toString(),
            folder.resolve("job/board").toString(), 1, List.of(), 0, 1, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);

        var importance = ((ChildMessage.Finished) new ChildWork(order, Reporter.silent(), new Pulse()).run()).importance();

        assertThat(importance).containsOnlyKeys("distance", "hour", "weather");
        assertThat(importance.get("distance")).isGreaterThan(importance.get("hour")).isGreaterThan(0.4);
        assertThat(importance.values().stream().mapToDouble(share -> share).sum()).isCloseTo(1, within(1e-9));
        assertThat(again(shard, manifest, 800, 600)).as("the same seed deals the same").isEqualTo(importance);
        assertThat(again(shard, manifest, 800, 49)).as("too few examples to tell").isEmpty();
    }

    private SortedMap<String, Double> again(Path shard, Path manifest, int from, int examples) throws IOException {
        var definition = DefinitionReader.read(JsonMapper.builder().build().readTree(DEFINITION));
        var data = DatasetManifestCodec.read(manifest);
        var plan = NetworkPlan.of(definition, data.schema(), data.splits().get(DatasetManifest.TRAIN).statistics());
        return new Trial(definition, plan, data.schema(), List.of(new FileSlice(shard, from, examples))).importance(folder.resolve("model"));
    }
}

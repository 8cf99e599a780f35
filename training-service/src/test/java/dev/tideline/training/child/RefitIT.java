package dev.tideline.training.child;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.training.gate.Verdict;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.DefinitionReader;
import dev.tideline.training.network.NetworkPlan;
import dev.tideline.training.support.FakeIngest;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The records that judge a candidate are of a world that has turned round, so who was trained on them shows. */
class RefitIT {

    private static final Path STORAGE = TemporaryFolders.create("tideline-refit");
    private static Path shard;

    @TempDir
    private Path folder;

    @BeforeAll
    static void seal() {
        shard = new FakeIngest(STORAGE).seal("trips", Trips.schema(), Trips.examples(200, 1, 1), Trips.examples(1_000, 2, -1));
    }

    @Test
    void aCandidateThatPassedIsTrainedOnceMoreOnAllRecords() throws Exception {
        var finished = run(true, "{}");

        assertThat(finished.verdict()).isInstanceOf(Verdict.Promote.class);
        assertThat(finished.candidate().metrics().get("accuracy")).as("the candidate, as it was judged").isLessThan(0.4);
        assertThat(exportedAccuracy()).isGreaterThan(0.8);
        assertThat(folder.resolve("job/refit")).doesNotExist();
        assertThat(folder.resolve("model")).isDirectoryContaining(file -> file.endsWith("saved_model.pb"));
    }

    @Test
    void aCandidateThatFailedIsNot() throws Exception {
        var finished = run(true, "{\"thresholds\":{\"accuracy\":0.9}}");

        assertThat(finished.verdict()).isInstanceOf(Verdict.Reject.class);
        assertThat(exportedAccuracy()).isEqualTo(finished.candidate().metrics().get("accuracy"));
    }

    @Test
    void withoutBeingAskedForNothingIsTrainedTwice() throws Exception {
        var finished = run(false, "{}");

        assertThat(exportedAccuracy()).isEqualTo(finished.candidate().metrics().get("accuracy"));
    }

    private ChildMessage.Finished run(boolean refit, String gate) throws IOException {
        var order = new ChildOrder("job", "m", 1, JsonMapper.builder().build().readTree(definition(refit, gate)), manifest().toString(),
            STORAGE.toString(), null, Files.createDirectories(folder.resolve("model")).toString(), folder.resolve("job/checkpoints").toString(),
            folder.resolve("job/board").toString(), 1, List.of(), 0, 1, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2);
        return (ChildMessage.Finished) new ChildWork(order, Reporter.silent(), new Pulse()).run();
    }

    private double exportedAccuracy() throws IOException {
        var definition = DefinitionReader.read(JsonMapper.builder().build().readTree(definition(false, "{}")));
        var data = DatasetManifestCodec.read(manifest());
        var plan = NetworkPlan.of(definition, data.schema(), data.splits().get(DatasetManifest.TRAIN).statistics());
        return new Trial(definition, plan, data.schema(), List.of(new FileSlice(shard, 200, 1_000)))
            .run(folder.resolve("model"), new Champion.None()).candidate().metrics().get("accuracy");
    }

    private static String definition(boolean refit, String gate) {
        return """
            {"dataset":"trips","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
             "optimizer":{"adam":{"learningRate":0.02}},"training":{"epochs":8,"batchSize":50,"seed":3,"refit":%s},"gate":%s}"""
            .formatted(refit, gate);
    }

    private static Path manifest() {
        return shard.getParent().resolveSibling("versions").resolve("1").resolve("manifest.json");
    }
}

package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tideline.testing.TemporaryFolders;
import dev.tideline.tfrecord.Feature;
import dev.tideline.training.child.ChildFailure;
import dev.tideline.training.child.ChildMessage;
import dev.tideline.training.child.ChildOrder;
import dev.tideline.training.support.FakeIngest;
import dev.tideline.training.support.Trips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import tools.jackson.databind.json.JsonMapper;

/** Real child processes in trouble. */
class ChildProcessIT {

    private static final Path STORAGE = TemporaryFolders.create("tideline-children");
    private static final String USUAL = """
        {"dataset":"trips","layers":[{"dense":{"units":8,"activation":"relu"}}],"head":{"binary":{}},
         "optimizer":{"adam":{"learningRate":0.02}},"training":{"epochs":%d,"batchSize":100,"replicas":1,"seed":3}}""";
    private static Path shard;

    private final List<ChildMessage> heard = new CopyOnWriteArrayList<>();
    private Path folder;
    private Path data;

    @BeforeAll
    static void seal() {
        shard = new FakeIngest(STORAGE).seal("trips", Trips.schema(), Trips.examples(2_000, 1, 1), Trips.examples(200, 2, 1));
    }

    @BeforeEach
    void place(TestInfo test) {
        folder = STORAGE.resolve("jobs").resolve(test.getTestMethod().orElseThrow().getName());
        data = shard;
    }

    @Test
    void aFrozenChildIsEndedAndAnotherGoesOnWhereItWas() throws Exception {
        var first = start(1, USUAL.formatted(5_000), Map.of("silence", "2s"));
        awaitCheckpoints(2);

        signal("STOP");

        assertThat(first.get(30, TimeUnit.SECONDS)).isEqualTo(new ChildOutcome.Stuck(
            "training process: no sign of life for 2000 ms (expected: one a second); frozen or starved"));
        heard.clear();
        var second = start(2, USUAL.formatted(5_000), Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> !training().isEmpty());
        signal("KILL");
        assertThat(second.get(60, TimeUnit.SECONDS)).isInstanceOf(ChildOutcome.Crashed.class);
        assertThat(training().getFirst().resumedAt()).isPositive();
    }

    @Test
    void aDamagedCheckpointGivesWayToTheOneBefore() throws Exception {
        var first = start(1, USUAL.formatted(5_000), Map.of());
        awaitCheckpoints(2);
        signal("KILL");
        first.get(60, TimeUnit.SECONDS);
        var checkpoints = checkpoints();
        var weights = checkpoints.getLast().resolve("model.data-00000-of-00001");
        var bytes = Files.readAllBytes(weights);
        bytes[bytes.length / 2] ^= 0x10;
        Files.write(weights, bytes);
        heard.clear();

        var second = start(2, USUAL.formatted(5_000), Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> !training().isEmpty());
        signal("KILL");
        second.get(60, TimeUnit.SECONDS);

        assertThat(training().getFirst().damaged()).hasSize(1).first().asString()
            .startsWith("checkpoint " + checkpoints.getLast().getFileName() + ": ").endsWith(" (expected: one that can be read)");
        assertThat(checkpoints.getFirst().getFileName().toString()).startsWith("%012d".formatted(training().getFirst().resumedAt()));
    }

    @Test
    void aChildThatTakesTooMuchMemoryIsEnded() throws Exception {
        var outcome = start(1, USUAL.formatted(5_000), Map.of("memory", "60MB")).get(30, TimeUnit.SECONDS);

        assertThat(outcome).asInstanceOf(type(ChildOutcome.OutOfMemory.class)).extracting(ChildOutcome.OutOfMemory::message).asString()
            .matches("memory of the training process: \\d+ MB \\(expected: at most 60 MB, tideline.training.job.memory; .*\\)");
    }

    @Test
    void aHeapThatIsTooSmallIsNamed() throws Exception {
        var outcome = start(1, USUAL.formatted(1), Map.of("heap", "6MB")).get(30, TimeUnit.SECONDS);

        assertThat(outcome).isEqualTo(new ChildOutcome.OutOfMemory(
            "heap of the training process: exhausted (expected: at most 6 MB, tideline.training.job.heap)"));
    }

    @Test
    void aFullDiskIsNamedAndNoCheckpointCounts() throws Exception {
        // Twenty steps; the position file of the last checkpoint goes to a device that is always full.
        var last = folder.resolve("checkpoints").resolve("000000000020-0001");
        Files.createDirectories(last);
        Files.createSymbolicLink(last.resolve("position.json.part"), Path.of("/dev/full"));

        var outcome = start(1, USUAL.formatted(1), Map.of("checkpoint-every", "1h")).get(30, TimeUnit.SECONDS);

        assertThat(outcome).isEqualTo(new ChildOutcome.Failed(new ChildMessage.Failed(ChildFailure.DISK_FULL,
            "disk: No space left on device (expected: room for two checkpoints and the model below the storage root)")));
        assertThat(checkpoints()).isEmpty();
    }

    @Test
    void aMissingShardIsNamed() throws Exception {
        var away = shard.resolveSibling("away");
        Files.move(shard, away);
        try {
            var outcome = start(1, USUAL.formatted(1), Map.of()).get(30, TimeUnit.SECONDS);

            assertThat(outcome).isEqualTo(new ChildOutcome.Failed(new ChildMessage.Failed(ChildFailure.MISSING_SHARD,
                "shard: " + STORAGE.relativize(shard) + " is not there (expected: a file below the storage root)")));
        } finally {
            Files.move(away, shard);
        }
    }

    @Test
    void aLossThatIsNoNumberStopsTheJobAndKeepsTheLastGoodCheckpoint() throws Exception {
        var explosive = USUAL.formatted(50).replace("\"adam\":{\"learningRate\":0.02}", "\"sgd\":{\"learningRate\":100}")
            .replace("{\"dense\":{\"units\":8,\"activation\":\"relu\"}}",
                "{\"dense\":{\"units\":64}},{\"dense\":{\"units\":64}},{\"dense\":{\"units\":64}},{\"dense\":{\"units\":64}}");

        var outcome = start(1, explosive, Map.of("checkpoint-every", "0ms")).get(30, TimeUnit.SECONDS);

        var failed = ((ChildOutcome.Failed) outcome).failure();
        assertThat(failed.code()).isEqualTo(ChildFailure.LOSS_NOT_FINITE);
        assertThat(failed.message()).matches("loss at step \\d+: (NaN|Infinity) "
            + "\\(expected: a finite number; a smaller learning rate or clipNorm may help\\)");
        long step = Long.parseLong(failed.message().replaceAll("\\D+(\\d+).*", "$1"));
        assertThat(checkpoints()).allSatisfy(checkpoint ->
            assertThat(Long.parseLong(checkpoint.getFileName().toString().substring(0, 12))).isLessThan(step - 1));
    }

    @Test
    void dataOfOneClassAreRefusedBeforeTheyTrain() throws Exception {
        var always = Trips.examples(400, 1, 1).stream().filter(trip -> trip.feature("tip").equals(Feature.text("yes"))).toList();
        data = new FakeIngest(STORAGE).seal("always", Trips.schema(), always, always.subList(0, 60));

        var outcome = start(1, USUAL.formatted(1), Map.of()).get(30, TimeUnit.SECONDS);

        var failed = ((ChildOutcome.Failed) outcome).failure();
        assertThat(failed.code()).isEqualTo(ChildFailure.UNTRAINABLE);
        assertThat(failed.message()).contains("tip").contains("expected");
        assertThat(checkpoints()).isEmpty();
    }

    @Test
    void gpusThatAreNotThereAreNamed() throws Exception {
        assumeFalse(Files.exists(Path.of("/dev/nvidiactl")), "a machine with a GPU would train");

        var outcome = start(1, USUAL.formatted(1).replace("\"replicas\":1", "\"devices\":\"gpu\""), Map.of()).get(30, TimeUnit.SECONDS);

        assertThat(outcome).isEqualTo(new ChildOutcome.Failed(new ChildMessage.Failed(ChildFailure.NO_GPU,
            "devices: gpu, and TensorFlow sees none (expected: a GPU with its driver, and a build with -Pgpu; or devices auto)")));
    }

    @Test
    void anOrderThatCannotBeReadIsAFailureNotASilence() throws Exception {
        var outcome = start(1, "{\"dataset\":\"trips\",\"head\":{\"swirl\":{}}}", Map.of()).get(30, TimeUnit.SECONDS);

        assertThat(outcome).asInstanceOf(type(ChildOutcome.Failed.class)).extracting(ChildOutcome.Failed::failure)
            .extracting(ChildMessage.Failed::code).isEqualTo(ChildFailure.INTERNAL);
        assertThat(new ChildLog(folder).tail(10_000)).contains("swirl");
    }

    private CompletableFuture<ChildOutcome> start(int attempt, String definition, Map<String, String> more) {
        var settings = new HashMap<>(Map.of("checkpoint-every", "100ms", "progress-every", "50ms", "silence", "30s"));
        settings.putAll(more);
        var properties = new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", JobProperties.class);
        var manifest = data.getParent().resolveSibling("versions").resolve("1").resolve("manifest.json");
        var output = folder.resolve("output");
        var order = new ChildOrder("job", "m", attempt, JsonMapper.builder().build().readTree(definition), manifest.toString(),
            STORAGE.toString(), null, output.toString(), folder.resolve("checkpoints").toString(), folder.resolve("board").toString(), 1,
            List.of(), 0, 1,
            properties.checkpointEvery().toMillis(), properties.progressEvery().toMillis());
        return CompletableFuture.supplyAsync(() -> {
            try {
                Files.createDirectories(output);
                return new ChildProcess(folder, properties).run(order, new RunControl(), heard::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private List<ChildMessage.Training> training() {
        return heard.stream().filter(ChildMessage.Training.class::isInstance).map(ChildMessage.Training.class::cast).toList();
    }

    private void awaitCheckpoints(int count) {
        await().atMost(Duration.ofSeconds(30)).until(() -> checkpoints().size() >= count);
    }

    /** Complete ones, oldest first. */
    private List<Path> checkpoints() throws IOException {
        var all = folder.resolve("checkpoints");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (var children = Files.list(all)) {
            return children.filter(child -> Files.exists(child.resolve("position.json"))).sorted().toList();
        }
    }

    private void signal(String name) throws IOException, InterruptedException {
        var pid = Files.readString(folder.resolve("child.pid"));
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }
}

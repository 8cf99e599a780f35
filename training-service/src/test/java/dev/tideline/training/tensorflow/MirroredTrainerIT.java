package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.Lanes;
import dev.tideline.training.model.InputPlan;
import dev.tideline.training.model.InputPlan.Cache;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Optimizer;
import dev.tideline.training.model.Precision;
import dev.tideline.training.model.Schedule;
import dev.tideline.training.model.TrainingPlan;
import dev.tideline.training.network.NetworkPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredTrainerIT {

    private static final Schedule RATE = new Schedule.Constant(0.02);

    @TempDir
    static Path folder;

    private static List<FileSlice> data;
    private static List<Example> examples;

    @BeforeAll
    static void writeRecords() {
        // 1000 = 7 * 130 + 90: the last batch is short, and leaves replicas of four without rows.
        data = Sample.write(folder, 1_000, 3);
        examples = Sample.read(data);
    }

    static Stream<Optimizer> optimizers() {
        return Stream.of(
            new Optimizer.Sgd(RATE),
            new Optimizer.Momentum(RATE, 0.9, true),
            new Optimizer.Adam(RATE, 0.9, 0.999, 1e-7),
            new Optimizer.AdamW(RATE, 0.9, 0.999, 1e-7, 0.01),
            new Optimizer.Adagrad(RATE, 0.1, 1e-7),
            new Optimizer.RmsProp(RATE, 0.9, 0.5, 1e-3),
            new Optimizer.Ftrl(RATE, 0.5, 0.1, 0.001, 0.001));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void anyNumberOfReplicasGivesTheWeightsOfOne(Optimizer optimizer) {
        var plan = Sample.binary(new Layer.Dense(8, Activation.TANH, 0.001, 0.001), new Layer.LayerNorm());
        var one = weightsAfter(plan, optimizer, Sample.training(2, 130, 1));

        for (int replicas : new int[] {2, 4}) {
            var many = weightsAfter(plan, optimizer, Sample.training(2, 130, replicas));
            one.forEach((name, values) -> assertClose(name + " with " + replicas + " replicas", many.get(name), values));
        }
    }

    /** Of the colours only red says anything. */
    @Test
    void aGroupLassoTakesOutInputsThatMeanNothing() {
        var free = inputLengths(0);
        var penalised = inputLengths(0.02);

        assertThat(penalised.subList(0, 3)).as("x, count, red").allMatch(length -> length > 0.5);
        for (int input = 3; input < 6; input++) {
            assertThat(penalised.get(input)).as("green, blue, any other").isLessThan(free.get(input) / 3);
        }
    }

    /** How long the weights of each input are after training. */
    private List<Double> inputLengths(double groupLasso) {
        var network = Sample.binary(new Layer.Dense(8, Activation.TANH, 0, groupLasso));
        var kernel = weightsAfter(network, Sample.adam(0.02), Sample.training(30, 32, 1)).get("layer_0/kernel");
        return IntStream.range(0, 6).mapToObj(input -> Math.sqrt(IntStream.range(input * 8, input * 8 + 8)
            .mapToDouble(each -> kernel[each] * kernel[each]).sum())).toList();
    }

    static Stream<NetworkPlan> heads() {
        return Stream.of(Sample.multiclass(), Sample.multilabel(), Sample.regression(), Sample.quantile(), Sample.weighted());
    }

    @ParameterizedTest
    @MethodSource("heads")
    void anyHeadGivesTheWeightsOfOneReplica(NetworkPlan plan) {
        var one = weightsAfter(plan, Sample.adam(0.02), Sample.training(1, 130, 1));

        for (int replicas : new int[] {2, 4}) {
            var many = weightsAfter(plan, Sample.adam(0.02), Sample.training(1, 130, replicas));
            one.forEach((name, values) -> assertClose(name + " with " + replicas + " replicas", many.get(name), values));
        }
    }

    /** Networks whose rows do not see each other. */
    static Stream<NetworkPlan> networks() {
        var window = new Layer.Window(2, 2, 1, Layer.Padding.SAME);
        var conv = new Layer.Conv2d(4, window, Activation.TANH, 0.001);
        var deep = new Layer.Branch(List.of("x", "count"), List.of(new Layer.Dense(8, Activation.RELU, 0)));
        return Stream.of(
            Sample.binary(new Layer.Reshape(List.of(2, 3, 1)), conv, new Layer.DepthwiseConv2d(2, window, Activation.RELU),
                new Layer.MaxPool(window), new Layer.GlobalAveragePool()),
            Sample.binary(new Layer.Reshape(List.of(3, 2, 1)), new Layer.Residual(List.of(conv, new Layer.AveragePool(window)),
                Activation.RELU), new Layer.Flatten(), new Layer.LayerNorm()),
            Sample.binary(new Layer.Branches(Map.of("wide", new Layer.Branch(List.of("colour"), List.of()), "deep", deep),
                Layer.Combine.CONCAT), new Layer.Dense(4, Activation.SELU, 0)));
    }

    @ParameterizedTest
    @MethodSource("networks")
    void anyNetworkGivesTheWeightsOfOneReplica(NetworkPlan plan) {
        var one = weightsAfter(plan, Sample.adam(0.02), Sample.training(1, 130, 1));

        for (int replicas : new int[] {2, 4}) {
            var many = weightsAfter(plan, Sample.adam(0.02), Sample.training(1, 130, replicas));
            one.forEach((name, values) -> assertClose(name + " with " + replicas + " replicas", many.get(name), values));
        }
    }

    @Test
    void batchNormIsThatOfOneReplicaWhenPartsHaveTheSameFigures() throws IOException {
        // Four times the same 32 examples in a batch of 128: the figures of any part are those of the whole.
        var rows = examples.subList(0, 256);
        var path = folder.resolve("repeated.tfrecord");
        try (var writer = TfRecordWriter.create(path)) {
            for (int batch = 0; batch < 8; batch++) {
                for (int i = 0; i < 128; i++) {
                    writer.write(rows.get(batch * 32 + i % 32).encode());
                }
            }
        }
        var repeated = List.of(new FileSlice(path, 0, 8 * 128));
        var plan = Sample.binary(new Layer.Dense(8, Activation.TANH, 0), new Layer.BatchNorm(0.8, 1e-3));

        Map<String, float[]> one = null;
        for (int replicas : new int[] {1, 2, 4}) {
            var training = new TrainingPlan(2, 128, replicas, 7, 0, 0);
            try (var trainer = new MirroredTrainer(plan, Sample.adam(0.02), training, repeated, Devices.cpus(replicas, 2))) {
                run(trainer, 0, Integer.MAX_VALUE);
                run(trainer, 1, Integer.MAX_VALUE);
                var weights = weights(trainer);
                if (one == null) {
                    one = weights;
                }
                one.forEach((name, values) -> assertClose(name + " with " + training.replicas() + " replicas", weights.get(name), values));
            }
        }
    }

    @Test
    void movingAveragesAreTheMeanOverReplicas() {
        // Batch norm right behind the inputs and a rate of 0: the averages depend on nothing but the data.
        var training = new TrainingPlan(1, 130, 4, 7, 0, 0);
        var plan = new NetworkPlan(List.of(new FrozenInput(Sample.X, new FrozenInput.Frozen.Scale(0, 1))),
            List.of(new Layer.BatchNorm(0.9, 1e-3)), Sample.binary().head(), Sample.binary().target());
        var prefix = folder.resolve("moving").resolve("model");
        try (var trainer = trainer(plan, new Optimizer.Sgd(new Schedule.Constant(0)), training)) {
            run(trainer, 0, Integer.MAX_VALUE);

            double mean = 0;
            double variance = 1;
            for (int from = 0; from < 1_000; from += 130) {
                double towardsMean = 0;
                double towardsVariance = 0;
                for (int replica = 0; replica < 4; replica++) {
                    int start = from + replica * 33;
                    var part = examples.subList(Math.min(1_000, start), Math.min(Math.min(1_000, from + 130), start + 33)).stream()
                        .mapToDouble(example -> ((Feature.Floats) example.features().get("x")).values()[0]).toArray();
                    if (part.length > 0) {
                        double own = Arrays.stream(part).average().orElseThrow();
                        towardsMean += own - mean;
                        towardsVariance += Arrays.stream(part).map(x -> (x - own) * (x - own)).average().orElseThrow() - variance;
                    }
                }
                mean += 0.1 * towardsMean / 4;
                variance += 0.1 * towardsVariance / 4;
            }
            assertThat(trainer.values("layer_0/moving_mean", 3)[0]).isCloseTo((float) mean, within(1e-4f));
            assertThat(trainer.values("layer_0/moving_variance", 3)[0]).isCloseTo((float) variance, within(1e-3f));
            trainer.save(prefix);
            try (var restored = trainer(plan, new Optimizer.Sgd(new Schedule.Constant(0)), training)) {
                restored.restore(prefix, 8);
                assertThat(restored.values("layer_0/moving_mean", 3)[0]).isCloseTo((float) mean, within(1e-4f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theLossIsTheWeightedSumOverTheRowsOfTheWholeBatch(int replicas) {
        // Without shuffling, and with a head that starts at zero, every example's first loss is log 2 times its weights.
        var training = new TrainingPlan(1, 130, replicas, 7, 0, 0);
        var plan = new NetworkPlan(List.of(new FrozenInput(Sample.X, new FrozenInput.Frozen.Scale(0, 0))), List.of(),
            Sample.weighted().head(), Sample.weighted().target(), Sample.WEIGHT, Precision.FLOAT32);
        try (var trainer = trainer(plan, new Optimizer.Sgd(new Schedule.Constant(0)), training)) {
            var reports = run(trainer, 0, Integer.MAX_VALUE);

            int from = 0;
            for (var report : reports) {
                double sum = 0;
                for (var example : examples.subList(from, from + report.examples())) {
                    double weight = ((Feature.Floats) example.features().get("weight")).values()[0];
                    sum += weight * (((Feature.Longs) example.features().get("hot")).values()[0] == 1 ? 3.0 : 0.5) * Math.log(2);
                }
                assertThat(report.loss()).isCloseTo((float) (sum / report.examples()), within(1e-5f));
                from += report.examples();
            }
            assertThat(from).isEqualTo(1_000);
        }
    }

    @Test
    void aStepSaysHowLongItWaitedForItsData() {
        try (var trainer = trainer(Sample.binary(), Sample.adam(0.02), Sample.training(1, 130, 2))) {
            long begun = System.nanoTime();
            var reports = run(trainer, 0, Integer.MAX_VALUE);
            double took = (System.nanoTime() - begun) / 1e9;

            // The first step waits for the shuffle buffer to fill.
            assertThat(reports.getFirst().waitedSeconds()).isPositive();
            assertThat(reports).allSatisfy(report -> assertThat(report.waitedSeconds()).isBetween(0.0, took));
            assertThat(reports.stream().mapToDouble(StepReport::waitedSeconds).sum()).isLessThan(took);
        }
    }

    @Test
    void bfloat16TrainsLikeFloat32ToItsPrecision() {
        var layers = List.<Layer>of(new Layer.Reshape(List.of(2, 3, 1)),
            new Layer.Conv2d(4, new Layer.Window(2, 2, 1, Layer.Padding.SAME), Activation.TANH, 0), new Layer.Flatten(),
            new Layer.Dense(8, Activation.TANH, 0));
        var full = new NetworkPlan(Sample.inputs(), layers, Sample.binary().head(), Sample.binary().target());
        var half = new NetworkPlan(Sample.inputs(), layers, full.head(), full.target(), null, Precision.BFLOAT16);

        var expected = weightsAfter(full, Sample.adam(0.002), Sample.training(1, 130, 2));
        var actual = weightsAfter(half, Sample.adam(0.002), Sample.training(1, 130, 2));

        boolean anyDiffers = false;
        for (var name : expected.keySet()) {
            if (!name.startsWith("slot/")) {
                for (int i = 0; i < expected.get(name).length; i++) {
                    assertThat(actual.get(name)[i]).as(name).isCloseTo(expected.get(name)[i], within(0.02f));
                    anyDiffers |= actual.get(name)[i] != expected.get(name)[i];
                }
            }
        }
        assertThat(anyDiffers).as("something was computed in fewer bits").isTrue();
    }

    @Test
    void everyReplicaEndsWithTheSameBits() {
        try (var trainer = trainer(Sample.binary(), Sample.adam(0.02), Sample.training(1, 130, 4))) {
            run(trainer, 0, Integer.MAX_VALUE);

            for (var name : trainer.variableNames()) {
                assertThat(trainer.values(name, 3)).as(name).isEqualTo(trainer.values(name, 0));
            }
        }
    }

    @Test
    void aPassCoversEveryRecordOnce() {
        try (var trainer = trainer(Sample.binary(), Sample.adam(0.02), Sample.training(1, 130, 2))) {
            var reports = run(trainer, 0, Integer.MAX_VALUE);

            assertThat(reports).extracting(StepReport::examples).containsExactly(130, 130, 130, 130, 130, 130, 130, 90);
            assertThat(trainer.steps()).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void theLossFalls(int replicas) {
        var training = Sample.training(10, 50, replicas);
        try (var trainer = trainer(Sample.binary(), Sample.adam(0.02), training)) {
            double first = mean(run(trainer, 0, Integer.MAX_VALUE));
            double last = first;
            for (int epoch = 1; epoch < training.epochs(); epoch++) {
                last = mean(run(trainer, epoch, Integer.MAX_VALUE));
            }

            assertThat(last).isLessThan(first / 3).isLessThan(0.15);
        }
    }

    @Test
    void trainingGoesOnFromACheckpointAsIfItHadNeverStopped() {
        var training = Sample.training(2, 100, 2);
        var prefix = folder.resolve("checkpoint").resolve("model");
        Map<String, float[]> expected;
        try (var trainer = trainer(Sample.binary(), Sample.adam(0.02), training)) {
            run(trainer, 0, 6);
            trainer.save(prefix);
            run(trainer, 4);
            expected = weights(trainer);
        }

        try (var trainer = trainer(Sample.binary(), Sample.adam(0.02), training)) {
            trainer.restore(prefix, 6);
            trainer.startEpoch(0, 6);
            run(trainer, 4);

            weights(trainer).forEach((name, values) -> assertThat(values).as(name).isEqualTo(expected.get(name)));
        }
    }

    @Test
    void equalSeedsGiveEqualWeights() {
        var plan = Sample.binary(new Layer.Dense(8, Activation.RELU, 0), new Layer.Dropout(0.3));
        var training = Sample.training(1, 100, 2);

        var first = weightsAfter(plan, Sample.adam(0.02), training);
        var second = weightsAfter(plan, Sample.adam(0.02), training);

        first.forEach((name, values) -> assertThat(second.get(name)).as(name).isEqualTo(values));
    }

    @ParameterizedTest
    @EnumSource(names = {"MEMORY", "FILE"})
    void cachingChangesNoWeight(Cache cache, @TempDir Path scratch) throws IOException {
        var columns = List.of(Sample.quantile(), Sample.weighted(), Sample.multilabel());
        for (var plan : columns) {
            Files.createDirectories(scratch.resolve(plan.head().getClass().getSimpleName()));
            var weights = new ArrayList<Map<String, float[]>>();
            for (var each : List.of(Cache.NONE, cache)) {
                // In the order of the files, because what is in memory is shuffled in its own way.
                var training = new TrainingPlan(2, 130, 2, 7, 0, 0, Precision.FLOAT32, null, new InputPlan(4, 1, each, true, 2), false);
                try (var trainer = new MirroredTrainer(plan, Sample.adam(0.02), training, data, Devices.cpus(2, 2),
                        new Lanes(1_000, 2, 130), scratch.resolve(plan.head().getClass().getSimpleName()))) {
                    run(trainer, 0, Integer.MAX_VALUE);
                    run(trainer, 1, Integer.MAX_VALUE);
                    weights.add(weights(trainer));
                }
            }

            weights.getFirst().forEach((name, values) -> assertThat(weights.getLast().get(name)).as(name).isEqualTo(values));
        }
    }

    @Test
    void clippingBoundsTheStep() {
        var clipped = new TrainingPlan(1, 100, 2, 7, 10_000, 1e-6);
        try (var trainer = trainer(Sample.binary(), new Optimizer.Sgd(new Schedule.Constant(1)), clipped)) {
            var before = trainer.values("head/kernel", 0);
            run(trainer, 0, 1);

            assertThat(trainer.values("head/kernel", 1)).usingComparatorWithPrecision(2e-6f).containsExactly(before);
        }
    }

    private Map<String, float[]> weightsAfter(NetworkPlan plan, Optimizer optimizer, TrainingPlan training) {
        try (var trainer = trainer(plan, optimizer, training)) {
            for (int epoch = 0; epoch < training.epochs(); epoch++) {
                run(trainer, epoch, Integer.MAX_VALUE);
            }
            return weights(trainer);
        }
    }

    private static MirroredTrainer trainer(NetworkPlan plan, Optimizer optimizer, TrainingPlan training) {
        return new MirroredTrainer(plan, optimizer, training, data, Devices.cpus(training.replicas(), 2));
    }

    private static List<StepReport> run(MirroredTrainer trainer, int epoch, int steps) {
        trainer.startEpoch(epoch, 0);
        return run(trainer, steps);
    }

    private static List<StepReport> run(MirroredTrainer trainer, int steps) {
        var reports = new ArrayList<StepReport>();
        while (reports.size() < steps) {
            var report = trainer.next();
            if (report.isEmpty()) {
                break;
            }
            reports.add(report.get());
        }
        return reports;
    }

    private static Map<String, float[]> weights(MirroredTrainer trainer) {
        var weights = new LinkedHashMap<String, float[]>();
        trainer.variableNames().forEach(name -> weights.put(name, trainer.values(name, 0)));
        return weights;
    }

    private static void assertClose(String what, float[] actual, float[] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as(what + "[" + i + "]").isCloseTo(expected[i], within(2e-4f));
        }
    }

    private static double mean(List<StepReport> reports) {
        return reports.stream().mapToDouble(StepReport::loss).average().orElseThrow();
    }
}

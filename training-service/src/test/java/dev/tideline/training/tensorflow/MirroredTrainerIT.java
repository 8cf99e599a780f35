package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Optimizer;
import dev.tideline.training.model.Schedule;
import dev.tideline.training.model.TrainingPlan;
import dev.tideline.training.network.NetworkPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        var plan = Sample.binary(new Layer.Dense(8, Activation.TANH, 0.001), new Layer.LayerNorm());
        var one = weightsAfter(plan, optimizer, Sample.training(2, 130, 1));

        for (int replicas : new int[] {2, 4}) {
            var many = weightsAfter(plan, optimizer, Sample.training(2, 130, replicas));
            one.forEach((name, values) -> assertClose(name + " with " + replicas + " replicas", many.get(name), values));
        }
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

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theLossIsTheWeightedSumOverTheRowsOfTheWholeBatch(int replicas) {
        // Without shuffling, and with a head that starts at zero, every example's first loss is log 2 times its weights.
        var training = new TrainingPlan(1, 130, replicas, 7, 0, 0);
        var plan = new NetworkPlan(List.of(new FrozenInput(Sample.X, new FrozenInput.Frozen.Scale(0, 0))), List.of(),
            Sample.weighted().head(), Sample.weighted().target(), Sample.WEIGHT);
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

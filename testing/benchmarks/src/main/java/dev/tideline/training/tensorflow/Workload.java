package dev.tideline.training.tensorflow;

import dev.tideline.features.Kind;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordWriter;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.InputPlan;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Optimizer;
import dev.tideline.training.model.Precision;
import dev.tideline.training.model.Schedule;
import dev.tideline.training.model.TrainingPlan;
import dev.tideline.training.network.NetworkPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A network with records to train it on. It lies in the package of the graphs, because what is measured there is not public.
 *
 * @param records  in all files together
 * @param batchSize of a global batch
 */
public record Workload(String name, NetworkPlan plan, int records, int batchSize) {

    static final int PASSES = 10_000;
    private static final int FILES = 8;
    private static final int CLASSES = 10;
    private static final Column LABEL = Column.scalar("label", Kind.INT, null);
    private static final FrozenTarget.Classes TARGET =
        new FrozenTarget.Classes(LABEL, IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList());

    /** 16 numbers, layers of 64 and 32: a small table, whose step takes less time than its records take to be parsed. */
    public static Workload table() {
        var inputs = IntStream.range(0, 16).mapToObj(i ->
            new FrozenInput(Column.scalar("f" + i, Kind.FLOAT, null), new FrozenInput.Frozen.Scale(0, 1))).toList();
        return new Workload("table", plan(inputs, dense(64), dense(32)), 40_000, 256);
    }

    /** A vector of 256, layers of 512 and 256. */
    public static Workload mlp() {
        return new Workload("mlp", plan(vector(256), dense(512), dense(256)), 20_000, 256);
    }

    /** Pictures of 28 by 28 grey pixels; two convolutions of 16 and 32 filters, each with a pool, and a layer of 64. */
    public static Workload cnn() {
        var three = new Layer.Window(3, 3, 1, Layer.Padding.SAME);
        var pool = new Layer.MaxPool(new Layer.Window(2, 2, 2, Layer.Padding.SAME));
        return new Workload("cnn", plan(vector(784), new Layer.Reshape(List.of(28, 28, 1)), new Layer.Conv2d(16, three, Activation.RELU, 0),
            pool, new Layer.Conv2d(32, three, Activation.RELU, 0), pool, new Layer.Flatten(), dense(64)), 8_000, 128);
    }

    private static List<FrozenInput> vector(int width) {
        return List.of(new FrozenInput(new Column("x", Kind.FLOAT, width, false, null), new FrozenInput.Frozen.Scale(0, 1)));
    }

    private static Layer dense(int units) {
        return new Layer.Dense(units, Activation.RELU, 0);
    }

    private static NetworkPlan plan(List<FrozenInput> inputs, Layer... layers) {
        return new NetworkPlan(inputs, List.of(layers), new Head.Multiclass(), TARGET);
    }

    /** Writes the records; equal from run to run. */
    public List<FileSlice> write(Path folder) throws IOException {
        var random = new SplittableRandom(42);
        var slices = new ArrayList<FileSlice>();
        for (int file = 0; file < FILES; file++) {
            var path = folder.resolve(name + "-" + file + ".tfrecord");
            try (var writer = TfRecordWriter.create(path)) {
                for (int i = 0; i < records / FILES; i++) {
                    writer.write(example(random).encode());
                }
            }
            slices.add(new FileSlice(path, 0, records / FILES));
        }
        return slices;
    }

    private Example example(SplittableRandom random) {
        var features = new TreeMap<String, Feature>();
        for (var column : plan.inputColumns()) {
            var values = new float[column.width()];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian();
            }
            features.put(column.name(), Feature.floats(values));
        }
        features.put(LABEL.name(), Feature.longs(random.nextInt(CLASSES)));
        return Example.of(features);
    }

    static Optimizer optimizer() {
        return new Optimizer.Adam(new Schedule.Constant(1e-3), 0.9, 0.999, 1e-7);
    }

    TrainingPlan training(int replicas, InputPlan input) {
        return new TrainingPlan(PASSES, batchSize, replicas, 7, 10_000, 0, Precision.FLOAT32, null, input, false);
    }
}

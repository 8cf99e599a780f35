package dev.tideline.training.tensorflow;

import dev.tideline.features.Kind;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.tfrecord.TfRecordWriter;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenInput.Frozen;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.ClassWeights;
import dev.tideline.training.model.Head;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Optimizer;
import dev.tideline.training.model.Precision;
import dev.tideline.training.model.Schedule;
import dev.tideline.training.model.TrainingPlan;
import dev.tideline.training.network.NetworkPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A small problem that a small network can learn: two numbers and a text decide a class, and a number. */
final class Sample {

    static final Column X = Column.scalar("x", Kind.FLOAT, null);
    static final Column COUNT = Column.scalar("count", Kind.INT, null);
    static final Column COLOUR = Column.scalar("colour", Kind.TEXT, "");
    static final Column LABEL = Column.scalar("hot", Kind.INT, null);
    static final Column SHADE = Column.scalar("shade", Kind.TEXT, null);
    static final Column AMOUNT = Column.scalar("amount", Kind.FLOAT, null);
    /** The amount with a deviation of 20 that no input tells: what quantiles are there for. */
    static final Column NOISY = Column.scalar("noisy", Kind.FLOAT, null);
    /** Two yes-or-no answers: whether the amount is above zero, and whether the count is above four. */
    static final Column FLAGS = new Column("flags", Kind.INT, 2, false, null);
    static final Column WEIGHT = Column.scalar("weight", Kind.FLOAT, null);
    private static final List<String> COLOURS = List.of("red", "green", "blue", "white");

    private Sample() {}

    /** Writes {@code records} examples into {@code files} files of about equal size. */
    static List<FileSlice> write(Path folder, int records, int files) {
        var random = new SplittableRandom(42);
        var slices = new ArrayList<FileSlice>();
        for (int file = 0; file < files; file++) {
            var path = folder.resolve("part-" + file + ".tfrecord");
            int count = records * (file + 1) / files - records * file / files;
            try (var writer = TfRecordWriter.create(path)) {
                for (int i = 0; i < count; i++) {
                    writer.write(example(random).encode());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            slices.add(new FileSlice(path, 0, count));
        }
        return slices;
    }

    /** Every record in the order of the slices. */
    static List<Example> read(List<FileSlice> slices) {
        var examples = new ArrayList<Example>();
        for (var slice : slices) {
            try (var reader = TfRecordReader.open(slice.file())) {
                for (var bytes = reader.next(); bytes != null; bytes = reader.next()) {
                    examples.add(Example.decode(bytes));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return examples;
    }

    private static Example example(SplittableRandom random) {
        double x = random.nextGaussian(2, 3);
        long count = random.nextInt(0, 10);
        int colour = random.nextInt(COLOURS.size());
        double amount = (x - 2) / 3 + count / 5.0 - 1 + (colour == 0 ? 1 : 0);
        var features = new TreeMap<String, Feature>();
        features.put("x", Feature.floats((float) x));
        features.put("count", Feature.longs(count));
        features.put("colour", Feature.text(COLOURS.get(colour)));
        features.put("hot", Feature.longs(amount > 0 ? 1 : 0));
        features.put("shade", Feature.text(amount > 0.7 ? "bright" : amount > -0.7 ? "mid" : "dark"));
        features.put("amount", Feature.floats((float) (10 * amount + 5)));
        features.put("noisy", Feature.floats((float) (10 * amount + 5 + new SplittableRandom(Double.doubleToLongBits(x)).nextGaussian(0, 20))));
        features.put("flags", Feature.longs(amount > 0 ? 1 : 0, count > 4 ? 1 : 0));
        features.put("weight", Feature.floats(count % 4));
        return Example.of(features);
    }

    static List<FrozenInput> inputs() {
        return List.of(
            new FrozenInput(X, new Frozen.Scale(2, 1 / 3.0)),
            new FrozenInput(COUNT, new Frozen.Scale(4.5, 1 / 2.9)),
            new FrozenInput(COLOUR, new Frozen.Vocabulary(List.of("red", "green", "blue"), 1)));
    }

    static NetworkPlan binary(Layer... layers) {
        return new NetworkPlan(inputs(), layers(layers), new Head.Binary(null), new FrozenTarget.Classes(LABEL, List.of("0", "1")));
    }

    static NetworkPlan multiclass() {
        return new NetworkPlan(inputs(), layers(), new Head.Multiclass(),
            new FrozenTarget.Classes(SHADE, List.of("bright", "dark", "mid")));
    }

    static NetworkPlan regression() {
        return new NetworkPlan(inputs(), layers(), new Head.Regression(), new FrozenTarget.Number(AMOUNT, 5, 13));
    }

    static NetworkPlan multilabel() {
        return new NetworkPlan(inputs(), layers(), new Head.Multilabel(List.of("hot", "many"), ClassWeights.none()),
            new FrozenTarget.Flags(FLAGS, List.of("hot", "many"), List.of(2.0, 1.0)));
    }

    static NetworkPlan quantile() {
        return new NetworkPlan(inputs(), layers(), new Head.Quantile(List.of(0.1, 0.5, 0.9)), new FrozenTarget.Number(NOISY, 5, 24));
    }

    /** {@link #binary}, each example by its own weight and its class's. */
    static NetworkPlan weighted() {
        return new NetworkPlan(inputs(), layers(), new Head.Binary(null),
            new FrozenTarget.Classes(LABEL, List.of("0", "1"), List.of(0.5, 3.0)), WEIGHT, Precision.FLOAT32);
    }

    static Optimizer adam(double rate) {
        return new Optimizer.Adam(new Schedule.Constant(rate), 0.9, 0.999, 1e-7);
    }

    static TrainingPlan training(int epochs, int batchSize, int replicas) {
        return new TrainingPlan(epochs, batchSize, replicas, 7, 10_000, 0);
    }

    private static List<Layer> layers(Layer... layers) {
        return layers.length > 0 ? List.of(layers) : List.of(new Layer.Dense(16, Activation.RELU, 0));
    }
}

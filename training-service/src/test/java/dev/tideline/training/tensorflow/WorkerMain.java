package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.Lanes;
import dev.tideline.training.model.Layer;
import dev.tideline.training.model.Layer.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One worker as a process: trains on {@link Sample} records and writes its weights as text. */
final class WorkerMain {

    static final int BATCH = 60;
    static final int EPOCHS = 2;

    private WorkerMain() {}

    /** Arguments: network, folder with the records, number of lanes, replicas, rank, addresses. */
    public static void main(String[] arguments) throws IOException {
        var folder = Path.of(arguments[1]);
        int rank = Integer.parseInt(arguments[4]);
        var cluster = new Cluster(List.of(arguments).subList(5, arguments.length), rank);
        var weights = train(arguments[0], folder, Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]), cluster);
        Files.write(folder.resolve("weights-" + rank + ".part"), weights);
        Files.move(folder.resolve("weights-" + rank + ".part"), folder.resolve("weights-" + rank));
        // The other worker may still read from this one's last sum.
        System.in.read();
        Runtime.getRuntime().halt(0);
    }

    /**
     * Weights after {@link #EPOCHS} passes, a variable a line.
     *
     * @param network {@code plain}, or {@code normalised} over batches, which are full then: parts of a short one are cut otherwise
     */
    static List<String> train(String network, Path folder, int lanes, int replicas, @Nullable Cluster cluster) {
        boolean normalised = network.equals("normalised");
        var data = normalised ? slices(folder, 480, 480) : slices(folder, 500, 501);
        var plan = normalised ? Sample.binary(new Layer.Dense(8, Activation.TANH, 0), new Layer.BatchNorm(0.8, 1e-3)) : Sample.binary();
        var devices = Devices.cpus(replicas, 1).in(cluster);
        var lines = new ArrayList<String>();
        try (var trainer = new MirroredTrainer(plan, Sample.adam(0.02), Sample.training(EPOCHS, BATCH, replicas), data, devices,
                new Lanes(FileSlice.records(data), lanes, BATCH), null)) {
            trainer.agree();
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                trainer.startEpoch(epoch, 0);
                for (var step = trainer.next(); step.isPresent(); step = trainer.next()) {
                    if (!Float.isFinite(step.get().loss())) {
                        throw new IllegalStateException("loss: " + step.get().loss());
                    }
                }
            }
            for (var name : trainer.variableNames()) {
                var line = new StringBuilder(name);
                for (float value : trainer.values(name, replicas - 1)) {
                    line.append(' ').append(value);
                }
                lines.add(line.toString());
            }
        }
        return lines;
    }

    private static List<FileSlice> slices(Path folder, int first, int second) {
        // 1001 = 16 * 60 + 41: the last batch is short, and the lanes have different shares of it.
        return List.of(new FileSlice(folder.resolve("part-0.tfrecord"), 0, first), new FileSlice(folder.resolve("part-1.tfrecord"), 0, second));
    }
}

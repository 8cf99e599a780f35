package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.Lanes;
import dev.tideline.training.model.Optimizer;
import dev.tideline.training.model.TrainingPlan;
import dev.tideline.training.network.NetworkPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.TargetSession;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** A training graph with its session: passes over the data, step by step. Not thread-safe; close it. */
public final class MirroredTrainer implements AutoCloseable {

    private final Graph graph = new Graph();
    private final Session session;
    private final LaneReader reader;
    private final Lanes lanes;
    private final @Nullable Agreement agreement;
    private final MirroredGraph mirrored;
    private final TrainingPlan training;
    private final long records;
    private final long steps;
    private long step;
    private long batch;
    private int pass;
    /** The pass that the reader goes on with by itself; -1 when it has to be told. */
    private int following = -1;

    public MirroredTrainer(NetworkPlan plan, Optimizer optimizer, TrainingPlan training, List<FileSlice> data, Devices devices) {
        this(plan, optimizer, training, data, devices, new Lanes(FileSlice.records(data), 1, training.batchSize()), null);
    }

    /**
     * @param lanes how the data is cut; this process reads those of its rank
     * @param cache an empty folder of this process, for a plan that caches records in files
     */
    public MirroredTrainer(NetworkPlan plan, Optimizer optimizer, TrainingPlan training, List<FileSlice> data, Devices devices, Lanes lanes,
            @Nullable Path cache) {
        this.training = training;
        this.lanes = lanes;
        var cluster = devices.cluster();
        var root = Nodes.of(graph);
        var host = root.on(devices.host());
        var own = cluster == null ? lanes.of(0, 1) : lanes.of(cluster.rank(), cluster.size());
        reader = new LaneReader(host, data, plan.columns(), lanes, own, training, cache);
        mirrored = new MirroredGraph(root, devices, plan, optimizer,
            new MirroredGraph.Settings(reader.rows(), training.seed(), training.clipNorm()), reader.features());
        agreement = cluster == null ? null : new Agreement(host, cluster.size());
        SaverNodes.add(host, mirrored.variables.values(), values -> mirrored.variables.assign(values, "restore_replicas"));
        if (cluster == null) {
            session = new Session(graph, devices.config());
        } else {
            cluster.serve(devices.config());
            session = TargetSession.open(graph, cluster.target(), devices.config());
        }
        session.runner().addTarget(mirrored.initialize).run().close();
        records = FileSlice.records(data);
        steps = lanes.batches() * training.epochs();
    }

    /** Steps that the whole training has, in theory: bad records could make it fewer. */
    public long steps() {
        return steps;
    }

    /** Records in one pass. */
    public long records() {
        return records;
    }

    /** Examples per step, over all replicas. */
    public int batchSize() {
        return training.batchSize();
    }

    /** Steps done so far. */
    public long step() {
        return step;
    }

    /** Begins pass {@code epoch} (from 0) after its first {@code skipBatches} batches. */
    public void startEpoch(int epoch, long skipBatches) {
        if (epoch != following || skipBatches > 0) {
            // Together with all that follow, so that what is cached serves them and nothing waits between two passes.
            reader.start(session, IntStream.range(epoch, Math.max(epoch + 1, training.epochs()))
                .mapToLong(each -> training.seed() + 0x9E3779B97F4A7C15L * (each + 1)).toArray(), skipBatches);
        }
        pass = epoch;
        following = -1;
        batch = skipBatches;
    }

    /**
     * Waits for all workers and makes sure that they go on from the same step; nothing happens without others.
     *
     * @throws IllegalStateException when they do not
     */
    public void agree() {
        agree(false);
    }

    /**
     * The same, and asks whether any worker wishes to stop.
     *
     * @param stop of this worker
     */
    public boolean agree(boolean stop) {
        return agreement == null ? stop : agreement.check(session, step, stop);
    }

    /** Trains on the next batch; empty when the pass is over. */
    public Optional<StepReport> next() {
        if (batch >= lanes.batches()) {
            following = pass + 1 < training.epochs() ? pass + 1 : -1;
            return Optional.empty();
        }
        var figures = mirrored.optimizer.fed(step, steps);
        var runner = session.runner();
        int own = reader.rows(batch);
        // A share of an infinite batch is nothing: so a blank row moves no weight.
        var empty = reader.feedEmpty(runner, batch);
        try (var number = TInt64.scalarOf(step);
                var total = TFloat32.scalarOf(own == 0 ? Float.POSITIVE_INFINITY : lanes.examples(batch));
                var fed = TFloat32.tensorOf(Shape.of(figures.length), DataBuffers.of(figures))) {
            runner.feed(mirrored.step, number).feed(mirrored.fed, fed);
            if (agreement != null) {
                runner.feed(mirrored.total, total);
            }
            try (var result = runner.fetch(mirrored.loss).fetch(mirrored.examples).fetch(reader.waited()).addTarget(mirrored.train).run()) {
                // Too many are those of the next pass, which come early when this one lacks some.
                int missing = own == 0 ? 0 : Math.abs(own - ((TInt32) result.get(1)).getInt());
                var report = new StepReport(((TFloat32) result.get(0)).getFloat(), lanes.examples(batch) - missing,
                    ((TFloat64) result.get(2)).getDouble());
                step++;
                batch++;
                return Optional.of(report);
            }
        } catch (TFOutOfRangeException endOfPass) {
            return Optional.empty();
        } catch (TensorFlowException | TFInvalidArgumentException failure) {
            throw DamagedDataException.orSame(failure);
        } finally {
            empty.forEach(Tensor::close);
        }
    }

    /** Writes weights and optimizer slots of one replica; all replicas hold the same. */
    public void save(Path prefix) {
        session.save(prefix.toString());
    }

    /**
     * Restores all replicas; the next step is {@code step}.
     *
     * @throws UnreadableCheckpointException when it is damaged or of another network; nothing changed then
     */
    public void restore(Path prefix, long step) {
        try {
            session.restore(prefix.toString());
        } catch (TensorFlowException | TFInvalidArgumentException failure) {
            throw new UnreadableCheckpointException(prefix, failure);
        }
        this.step = step;
    }

    /** Values of a variable on a replica, for tests. */
    float[] values(String name, int replica) {
        for (var variable : mirrored.variables.all()) {
            if (variable.name().equals(name)) {
                try (var result = session.runner().fetch(variable.values().get(mirrored.devices.copy(replica))).run()) {
                    var values = new float[variable.size()];
                    ((TFloat32) result.get(0)).asRawTensor().data().asFloats().read(values);
                    return values;
                }
            }
        }
        throw new IllegalArgumentException("variable: " + name + " (expected: one of the graph's)");
    }

    List<String> variableNames() {
        return mirrored.variables.all().stream().map(MirroredVariable::name).toList();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}

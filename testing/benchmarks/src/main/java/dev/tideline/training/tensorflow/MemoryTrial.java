package dev.tideline.training.tensorflow;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** Steps of the same graph as {@link FileTrial}, fed with one parsed batch that lies in memory. */
public final class MemoryTrial implements Trial {

    private final Graph graph = new Graph();
    private final Session session;
    private final MirroredGraph mirrored;
    private final Map<Output<?>, Tensor> batch = new HashMap<>();
    private long step;

    public MemoryTrial(Workload workload, int replicas, int threads) {
        var devices = Devices.cpus(replicas, threads);
        var root = Nodes.of(graph);
        var host = root.on(devices.host());
        var features = new LinkedHashMap<String, Output<?>>();
        var random = new SplittableRandom(7);
        for (var column : workload.plan().columns()) {
            var shape = Shape.of(workload.batchSize(), column.width());
            var placeholder = host.placeholder("fed_" + column.name(), DataTypes.of(column.kind()), Shape.of(Shape.UNKNOWN_SIZE, column.width()));
            features.put(column.name(), placeholder);
            int size = workload.batchSize() * column.width();
            batch.put(placeholder, DataTypes.of(column.kind()) == DataType.DT_FLOAT ? TFloat32.tensorOf(shape, DataBuffers.of(floats(random, size)))
                : TInt64.tensorOf(shape, DataBuffers.of(random.longs(size, 0, 10).toArray())));
        }
        mirrored = new MirroredGraph(root, devices, workload.plan(), Workload.optimizer(),
            new MirroredGraph.Settings(workload.batchSize(), 7, 0), features);
        session = new Session(graph, devices.config());
        session.runner().addTarget(mirrored.initialize).run().close();
    }

    private static float[] floats(SplittableRandom random, int size) {
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Override
    public int once() {
        var figures = mirrored.optimizer.fed(step, 1_000_000);
        var runner = session.runner();
        try (var number = TInt64.scalarOf(step++); var fed = TFloat32.tensorOf(Shape.of(figures.length), DataBuffers.of(figures))) {
            runner.feed(mirrored.step, number).feed(mirrored.fed, fed);
            batch.forEach(runner::feed);
            runner.fetch(mirrored.loss).fetch(mirrored.examples).addTarget(mirrored.train).run().close();
            return 1;
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
        List.copyOf(batch.values()).forEach(Tensor::close);
    }
}

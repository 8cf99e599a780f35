package dev.tideline.training.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.proto.ConfigProto;

/** Sums of as many tensors as a network of that depth has variables, over two replicas. */
public final class ReduceTrial implements Trial {

    private static final int WIDTH = 64;
    private static final int REPLICAS = 2;

    private final Graph graph = new Graph();
    private final Session session;
    private final Operation done;

    /**
     * @param layers       each with a matrix of 64 by 64 and a vector of 64
     * @param packElements floats per collective; 1 gives each variable its own, 0 adds without collectives, as replicas on one device do
     */
    public ReduceTrial(int layers, int packElements) {
        boolean collective = packElements > 0;
        var root = Nodes.of(graph);
        var replicas = new ArrayList<Nodes>();
        var values = new ArrayList<List<Output<?>>>();
        var shapes = new ArrayList<int[]>();
        for (int i = 0; i < layers; i++) {
            shapes.add(new int[] {WIDTH, WIDTH});
            shapes.add(new int[] {WIDTH});
        }
        for (int i = 0; i < REPLICAS; i++) {
            // Collectives need a device for each that takes part.
            var device = DeviceSpec.newBuilder().job("localhost").replica(0).task(0).deviceType(DeviceSpec.DeviceType.CPU)
                .deviceIndex(collective ? i : 0).build();
            var replica = root.on(device).under("replica_" + i);
            replicas.add(replica);
            var own = new ArrayList<Output<?>>();
            // Read, not folded into the graph as constants would be.
            shapes.forEach(shape -> own.add(replica.call("Fill", replica.vector(shape), replica.constant(1f))));
            values.add(own);
        }
        var ends = new ArrayList<Operation>();
        var summed = collective ? new AllReduce(replicas, REPLICAS, packElements).sum(values, shapes)
            : List.of(MirroredGraph.added(replicas.getFirst(), values));
        summed.forEach(sums -> sums.forEach(sum -> ends.add(sum.op())));
        done = root.op("NoOp").after(ends.toArray(Operation[]::new)).build();
        session = new Session(graph, ConfigProto.newBuilder(Devices.cpus(1, 0).config()).putDeviceCount("CPU", REPLICAS).build());
    }

    @Override
    public int once() {
        session.runner().addTarget(done).run().close();
        return 1;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}

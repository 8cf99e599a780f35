package dev.tideline.training.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Session;

/** Sums of as many tensors as a network of that depth has variables, over two replicas. */
public final class ReduceTrial implements Trial {

    private static final int WIDTH = 64;

    private final Graph graph = new Graph();
    private final Session session;
    private final Operation done;

    /**
     * @param layers       each with a matrix of 64 by 64 and a vector of 64
     * @param packElements floats per collective; 1 gives each variable its own
     */
    public ReduceTrial(int layers, int packElements) {
        var devices = Devices.cpus(2, 0);
        var root = Nodes.of(graph);
        var replicas = new ArrayList<Nodes>();
        var values = new ArrayList<List<Output<?>>>();
        var shapes = new ArrayList<int[]>();
        for (int i = 0; i < layers; i++) {
            shapes.add(new int[] {WIDTH, WIDTH});
            shapes.add(new int[] {WIDTH});
        }
        for (int i = 0; i < devices.count(); i++) {
            var replica = root.on(devices.replica(i)).under("replica_" + i);
            replicas.add(replica);
            var own = new ArrayList<Output<?>>();
            // Read, not folded into the graph as constants would be.
            shapes.forEach(shape -> own.add(replica.call("Fill", replica.vector(shape), replica.constant(1f))));
            values.add(own);
        }
        var ends = new ArrayList<Operation>();
        new AllReduce(replicas, 2, packElements).sum(values, shapes).forEach(sums -> sums.forEach(sum -> ends.add(sum.op())));
        done = root.op("NoOp").after(ends.toArray(Operation[]::new)).build();
        session = new Session(graph, devices.config());
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

package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Optimizer;
import dev.tideline.training.network.NetworkPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * The training graph: a batch is cut into one part per replica; each replica computes the gradients of its part's share of the
 * mean loss; the gradients are summed over the replicas; every replica applies the same sum to its own copy.
 */
final class MirroredGraph {

    /** Floats per collective: 4 MiB. */
    private static final int PACK_ELEMENTS = 1 << 20;

    final MirroredVariables variables;
    final OptimizerNodes optimizer;
    final Output<?> step;
    final Output<?> fed;
    /** Rows of the batch over all workers; fed when other processes hold a part of it. */
    final Output<?> total;
    final Output<?> loss;
    /** Rows of this process's part of the batch. */
    final Output<?> examples;
    final Operation train;
    final Operation initialize;

    /** @param batch parsed features on the host by column name, label included, each {@code [rows, width]} */
    MirroredGraph(Nodes root, Devices devices, NetworkPlan plan, Optimizer definition, Settings settings,
            Map<String, Output<?>> batch) {
        var host = root.on(devices.host());
        var replicas = new ArrayList<Nodes>();
        for (int i = 0; i < devices.count(); i++) {
            replicas.add(root.on(devices.replica(i)).under("replica_" + i));
        }
        step = host.placeholder("step", DataType.DT_INT64, Shape.scalar());
        fed = host.placeholder("optimizer_figures", DataType.DT_FLOAT, Shape.of(OptimizerNodes.FED));
        variables = new MirroredVariables(replicas, settings.seed());
        optimizer = new OptimizerNodes(definition, variables);

        examples = host.rowCount(batch.get(plan.target().column().name()));
        total = devices.cluster() == null ? host.cast(examples, DataType.DT_FLOAT)
            : host.placeholder("total", DataType.DT_FLOAT, Shape.scalar());
        var losses = new ArrayList<Output<?>>();
        for (int i = 0; i < replicas.size(); i++) {
            var part = new Part(host, batch, examples, i, replicas.size(), settings.batchSize());
            losses.add(replicaLoss(replicas.get(i), plan, part, i, settings, devices));
        }
        var weights = variables.trained();
        var gradients = gradients(replicas, weights, losses, devices.replicas());
        var updates = new ArrayList<Operation>(variables.gathering());
        for (int i = 0; i < replicas.size(); i++) {
            var nodes = replicas.get(i);
            var sums = settings.clipNorm() > 0 ? clip(nodes, gradients.get(i), settings.clipNorm()) : gradients.get(i);
            var figures = nodes.op("Unpack").in(fed).attr("num", OptimizerNodes.FED).outs();
            for (int v = 0; v < weights.size(); v++) {
                updates.add(optimizer.apply(nodes, i, weights.get(v), sums.get(v), index -> figures[index]));
            }
        }
        loss = gradients.getFirst().getLast();
        train = host.op("NoOp", "train").after(updates.toArray(Operation[]::new)).build();
        initialize = variables.initializer();
    }

    /**
     * What the graph needs to know beyond the plan.
     *
     * @param batchSize rows of this process's part of a full batch
     */
    record Settings(int batchSize, long seed, double clipNorm) {}

    private Output<?> replicaLoss(
            Nodes nodes, NetworkPlan plan, Part part, int index, Settings settings, Devices devices) {
        // A whole process without rows is told so by an infinite total.
        var present = devices.cluster() == null ? part.present() : nodes.call("Mul", part.present(),
            nodes.cast(nodes.call("Less", total, nodes.constant(Float.MAX_VALUE)), DataType.DT_FLOAT));
        var mode = new Mode.Training(step, devices.overall(index), settings.seed(), present);
        var network = new Network(nodes, plan, variables.replica(index), part.features(), mode);
        var losses = network.losses(part.features().get(plan.target().column().name()));
        if (plan.weight() != null) {
            var weights = nodes.cast(part.features().get(plan.weight().name()), DataType.DT_FLOAT);
            losses = nodes.call("Mul", losses, nodes.reshape(weights, -1));
        }
        // By the rows of the whole batch, not of the part: short parts and stand-ins then count for what they hold.
        var share = nodes.call("RealDiv", nodes.call("Mul", nodes.sum(losses, 0), part.present()), total);
        for (var penalty : network.penalties()) {
            share = nodes.call("AddV2", share, nodes.call("Mul", penalty, nodes.constant(1f / devices.replicas())));
        }
        return share;
    }

    /** Per replica the summed gradients in the order of {@code weights}, then the summed loss. */
    private static List<List<Output<?>>> gradients(List<Nodes> replicas, List<MirroredVariable> weights, List<Output<?>> losses,
            int groupSize) {
        var values = new ArrayList<List<Output<?>>>();
        for (int i = 0; i < replicas.size(); i++) {
            int replica = i;
            var xs = new ArrayList<Output<?>>();
            weights.forEach(weight -> xs.add(weight.values().get(replica)));
            var list = new ArrayList<Output<?>>(replicas.get(i).gradients(losses.get(i), xs));
            list.add(losses.get(i));
            values.add(list);
        }
        var shapes = new ArrayList<int[]>();
        weights.forEach(weight -> shapes.add(weight.shape()));
        shapes.add(new int[0]);
        return new AllReduce(replicas, groupSize, PACK_ELEMENTS).sum(values, shapes);
    }

    /** Scales all gradients so that their common norm is at most {@code norm}; the loss at the end stays. */
    private static List<Output<?>> clip(Nodes nodes, List<Output<?>> gradients, double norm) {
        var squares = new ArrayList<Output<?>>();
        var only = gradients.subList(0, gradients.size() - 1);
        only.forEach(gradient -> squares.add(nodes.op("L2Loss").in(gradient).out()));
        var global = nodes.call("Sqrt", nodes.call("Mul",
            nodes.op("AddN").list(squares.toArray(Output<?>[]::new)).out(), nodes.constant(2f)));
        var factor = nodes.call("RealDiv", nodes.constant((float) norm),
            nodes.call("Maximum", global, nodes.constant((float) norm)));
        var clipped = new ArrayList<Output<?>>();
        only.forEach(gradient -> clipped.add(nodes.call("Mul", gradient, factor)));
        clipped.add(gradients.getLast());
        return clipped;
    }
}

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
 * mean loss; the gradients are summed over the replicas; every device applies the same sum to its own copy of the variables.
 */
final class MirroredGraph {

    /** Floats per collective: 4 MiB. */
    private static final int PACK_ELEMENTS = 1 << 20;

    final Devices devices;
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
        this.devices = devices;
        var host = root.on(devices.host());
        var replicas = new ArrayList<Nodes>();
        for (int i = 0; i < devices.count(); i++) {
            replicas.add(root.on(devices.replica(i)).under("replica_" + i));
        }
        step = host.placeholder("step", DataType.DT_INT64, Shape.scalar());
        fed = host.placeholder("optimizer_figures", DataType.DT_FLOAT, Shape.of(OptimizerNodes.FED));
        // Of the replicas that share a copy of the variables, the first one looks after it.
        var keepers = replicas.subList(0, devices.copies());
        variables = new MirroredVariables(keepers, settings.seed());
        optimizer = new OptimizerNodes(definition, variables);

        examples = host.rowCount(batch.get(plan.target().column().name()));
        total = devices.cluster() == null ? host.cast(examples, DataType.DT_FLOAT)
            : host.placeholder("total", DataType.DT_FLOAT, Shape.scalar());
        var losses = new ArrayList<Output<?>>();
        for (int i = 0; i < replicas.size(); i++) {
            var part = new Part(host, batch, examples, i, replicas.size(), settings.batchSize());
            losses.add(replicaLoss(replicas.get(i), plan, part, i, settings));
        }
        var weights = variables.trained();
        var gathered = variables.gathered();
        var sumsByCopy = sums(replicas, losses);
        var updates = new ArrayList<Operation>();
        for (int i = 0; i < keepers.size(); i++) {
            var nodes = keepers.get(i);
            var gradients = sumsByCopy.get(i).subList(0, weights.size());
            var sums = settings.clipNorm() > 0 ? clip(nodes, gradients, settings.clipNorm()) : gradients;
            var figures = nodes.op("Unpack").in(fed).attr("num", OptimizerNodes.FED).outs();
            for (int v = 0; v < weights.size(); v++) {
                updates.add(optimizer.apply(nodes, i, weights.get(v), sums.get(v), index -> figures[index]));
            }
            for (int v = 0; v < gathered.size(); v++) {
                updates.add(nodes.op("AssignAddVariableOp")
                    .in(gathered.get(v).handles().get(i), sumsByCopy.get(i).get(weights.size() + v)).build());
            }
        }
        loss = sumsByCopy.getFirst().getLast();
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
            Nodes nodes, NetworkPlan plan, Part part, int index, Settings settings) {
        // A whole process without rows is told so by an infinite total.
        var present = devices.cluster() == null ? part.present() : nodes.call("Mul", part.present(),
            nodes.cast(nodes.call("Less", total, nodes.constant(Float.MAX_VALUE)), DataType.DT_FLOAT));
        var mode = new Mode.Training(step, devices.overall(index), settings.seed(), present);
        var network = new Network(nodes, plan, variables.replica(index, devices.copy(index)), part.features(), mode);
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

    /**
     * Per copy of the variables, summed over all replicas: gradients in the order of the trained variables, then the mean of what is added
     * to gathered ones, then the loss.
     */
    private List<List<Output<?>>> sums(List<Nodes> replicas, List<Output<?>> losses) {
        var weights = variables.trained();
        var gathered = variables.gathered();
        var values = new ArrayList<List<Output<?>>>();
        for (int i = 0; i < replicas.size(); i++) {
            var nodes = replicas.get(i);
            int replica = i;
            var xs = new ArrayList<Output<?>>();
            weights.forEach(weight -> xs.add(weight.values().get(devices.copy(replica))));
            var list = new ArrayList<Output<?>>(nodes.gradients(losses.get(i), xs));
            gathered.forEach(variable -> list.add(
                nodes.call("Mul", variables.difference(variable, replica), nodes.constant(1f / devices.replicas()))));
            list.add(losses.get(i));
            values.add(list);
        }
        var shapes = new ArrayList<int[]>();
        weights.forEach(weight -> shapes.add(weight.shape()));
        gathered.forEach(variable -> shapes.add(variable.shape()));
        shapes.add(new int[0]);
        var keepers = replicas.subList(0, devices.copies());
        var own = devices.copies() == replicas.size() ? values : List.of(added(keepers.getFirst(), values));
        return new AllReduce(keepers, devices.participants(), PACK_ELEMENTS).sum(own, shapes);
    }

    /** Sums over replicas on the same device: no collective is needed, and nothing to be packed. */
    static List<Output<?>> added(Nodes nodes, List<List<Output<?>>> values) {
        var sums = new ArrayList<Output<?>>();
        for (int v = 0; v < values.getFirst().size(); v++) {
            int place = v;
            sums.add(nodes.op("AddN").list(values.stream().map(own -> own.get(place)).toArray(Output<?>[]::new)).out());
        }
        return sums;
    }

    /** Scales all gradients so that their common norm is at most {@code norm}. */
    private static List<Output<?>> clip(Nodes nodes, List<Output<?>> gradients, double norm) {
        var squares = new ArrayList<Output<?>>();
        gradients.forEach(gradient -> squares.add(nodes.op("L2Loss").in(gradient).out()));
        var global = nodes.call("Sqrt", nodes.call("Mul",
            nodes.op("AddN").list(squares.toArray(Output<?>[]::new)).out(), nodes.constant(2f)));
        var factor = nodes.call("RealDiv", nodes.constant((float) norm),
            nodes.call("Maximum", global, nodes.constant((float) norm)));
        var clipped = new ArrayList<Output<?>>();
        gradients.forEach(gradient -> clipped.add(nodes.call("Mul", gradient, factor)));
        return clipped;
    }
}

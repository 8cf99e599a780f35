package dev.tideline.training.tensorflow;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Output;

/**
 * Sums lists of tensors over devices, of this process and of others. Tensors are packed into few flat vectors, because each collective costs a
 * rendezvous however small it is.
 */
final class AllReduce {

    private static final int GROUP_KEY = 1;

    private final List<Nodes> devices;
    private final int groupSize;
    private final int packElements;
    private int nextInstance = 1;

    /**
     * @param devices      of this process, a scope each
     * @param groupSize    devices of all processes
     * @param packElements a pack is closed when it holds at least this many floats
     */
    AllReduce(List<Nodes> devices, int groupSize, int packElements) {
        this.devices = devices;
        this.groupSize = groupSize;
        this.packElements = packElements;
    }

    /**
     * @param values per device the same list of float32 tensors
     * @param shapes of the tensors, equal on all devices
     * @return per device the sums, in the same order and shapes
     */
    List<List<Output<?>>> sum(List<List<Output<?>>> values, List<int[]> shapes) {
        if (groupSize == 1) {
            return values;
        }
        var sums = new ArrayList<List<Output<?>>>();
        devices.forEach(device -> sums.add(new ArrayList<>()));
        int from = 0;
        while (from < shapes.size()) {
            int to = from;
            int elements = 0;
            while (to < shapes.size() && (to == from || elements + size(shapes.get(to)) <= packElements)) {
                elements += size(shapes.get(to++));
            }
            int instance = nextInstance++;
            for (int i = 0; i < devices.size(); i++) {
                sums.get(i).addAll(pack(devices.get(i), values.get(i).subList(from, to), shapes.subList(from, to), instance));
            }
            from = to;
        }
        return sums;
    }

    private List<Output<?>> pack(Nodes nodes, List<Output<?>> values, List<int[]> shapes, int instance) {
        var flat = new ArrayList<Output<?>>();
        for (var value : values) {
            flat.add(nodes.reshape(value, -1));
        }
        var summed = nodes.op("CollectiveReduceV2")
            .in(nodes.concat(flat, 0), nodes.constant(groupSize), nodes.constant(GROUP_KEY), nodes.constant(instance))
            .list()
            .attr("merge_op", "Add").attr("final_op", "Id").attr("communication_hint", "auto").out();
        if (shapes.size() == 1) {
            return List.of(nodes.reshape(summed, shapes.getFirst()));
        }
        var sizes = shapes.stream().mapToInt(AllReduce::size).toArray();
        var parts = nodes.op("SplitV").in(summed, nodes.vector(sizes), nodes.constant(0))
            .attr("num_split", sizes.length).outs();
        var sums = new ArrayList<Output<?>>();
        for (int i = 0; i < parts.length; i++) {
            sums.add(nodes.reshape(parts[i], shapes.get(i)));
        }
        return sums;
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int dimension : shape) {
            size *= dimension;
        }
        return size;
    }
}

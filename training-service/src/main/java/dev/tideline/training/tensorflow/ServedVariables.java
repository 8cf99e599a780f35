package dev.tideline.training.tensorflow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/** One copy of each variable, to be restored and then only read. */
final class ServedVariables implements Variables {

    private final Map<String, Output<?>> values = new LinkedHashMap<>();
    private final List<Output<?>> handles = new ArrayList<>();

    @Override
    public Output<?> read(Nodes nodes, String name, Initial initial, int... shape) {
        return values.computeIfAbsent(name, key -> make(nodes, key, shape));
    }

    @Override
    public Output<?> gathered(Nodes nodes, String name, Initial initial, int... shape) {
        return read(nodes, name, initial, shape);
    }

    @Override
    public void gather(String name, Output<?> difference) {
        throw new IllegalStateException("variable: " + name + " gathered in serving (expected: read only)");
    }

    /** Values by name. */
    Map<String, Output<?>> values() {
        return values;
    }

    /** An operation that assigns {@code restored}, in the order of {@link #values()}. */
    Operation assign(Nodes nodes, List<Output<?>> restored) {
        var assigned = new ArrayList<Operation>();
        for (int i = 0; i < restored.size(); i++) {
            assigned.add(nodes.op("AssignVariableOp").in(handles.get(i), restored.get(i)).build());
        }
        return nodes.op("NoOp", "assign_variables").after(assigned.toArray(Operation[]::new)).build();
    }

    private Output<?> make(Nodes nodes, String name, int... shape) {
        var handle = nodes.op("VarHandleOp").attr("dtype", DataType.DT_FLOAT).attr("shape", MirroredVariables.shape(shape))
            .attr("shared_name", name).out();
        handles.add(handle);
        // Read through Identity: some converters know a variable only by that.
        var value = nodes.op("ReadVariableOp").in(handle).attr("dtype", DataType.DT_FLOAT).out();
        return nodes.op("Identity").in(value).out();
    }
}

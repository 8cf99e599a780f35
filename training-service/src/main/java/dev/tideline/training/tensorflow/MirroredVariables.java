package dev.tideline.training.tensorflow;

import dev.tideline.training.tensorflow.MirroredVariable.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/** The variables on all devices: weights, the slots that optimizers keep beside them, and what is gathered from the data. */
final class MirroredVariables {

    private final List<Nodes> copies;
    private final long seed;
    private final Map<String, MirroredVariable> variables = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Output<?>>> gathered = new LinkedHashMap<>();

    /** @param copies one scope per copy, on its device */
    MirroredVariables(List<Nodes> copies, long seed) {
        this.copies = copies;
        this.seed = seed;
    }

    /** What the network of replica {@code index}, which works with copy {@code copy}, sees. */
    Variables replica(int index, int copy) {
        return new Variables() {
            @Override
            public Output<?> read(Nodes nodes, String name, Initial initial, int... shape) {
                return variable(name, Kind.WEIGHT, initial, shape).values().get(copy);
            }

            @Override
            public Output<?> gathered(Nodes nodes, String name, Initial initial, int... shape) {
                return variable(name, Kind.GATHERED, initial, shape).values().get(copy);
            }

            @Override
            public void gather(String name, Output<?> difference) {
                gathered.computeIfAbsent(name, none -> new HashMap<>()).put(index, difference);
            }
        };
    }

    MirroredVariable variable(String name, Kind kind, Initial initial, int... shape) {
        var existing = variables.get(name);
        if (existing != null) {
            return existing;
        }
        var handles = new ArrayList<Output<?>>();
        var values = new ArrayList<Output<?>>();
        for (int i = 0; i < copies.size(); i++) {
            var nodes = copies.get(i);
            var handle = nodes.op("VarHandleOp").attr("dtype", DataType.DT_FLOAT).attr("shape", shape(shape))
                .attr("shared_name", i == 0 ? name : name + "/copy_" + i).out();
            handles.add(handle);
            values.add(nodes.op("ReadVariableOp").in(handle).attr("dtype", DataType.DT_FLOAT).out());
        }
        var first = initial.value(copies.getFirst(), seed + name.hashCode(), shape);
        var variable = new MirroredVariable(name, kind, shape, first, handles, values);
        variables.put(name, variable);
        return variable;
    }

    /** What gradients move. */
    List<MirroredVariable> trained() {
        return variables.values().stream().filter(variable -> variable.kind() == Kind.WEIGHT).toList();
    }

    /** What replicas gather. */
    List<MirroredVariable> gathered() {
        return variables.values().stream().filter(variable -> variable.kind() == Kind.GATHERED).toList();
    }

    /** What replica {@code index} would add to a gathered variable in a step. */
    Output<?> difference(MirroredVariable variable, int index) {
        return Objects.requireNonNull(Objects.requireNonNull(gathered.get(variable.name())).get(index));
    }

    /** The value of each variable by its name, in the order of {@link #all()}, as a checkpoint has it. */
    Map<String, Output<?>> values() {
        var values = new LinkedHashMap<String, Output<?>>();
        variables.forEach((name, variable) -> values.put(name, variable.values().getFirst()));
        return values;
    }

    List<MirroredVariable> all() {
        return List.copyOf(variables.values());
    }

    /** An operation that gives every variable its first value: computed on the first device, copied to the others. */
    Operation initializer() {
        return assign(variables.values().stream().map(MirroredVariable::initial).toList(), "initialize");
    }

    /** An operation that assigns a value to every copy of every variable; {@code values} in the order of {@link #all()}. */
    Operation assign(List<Output<?>> values, String name) {
        var done = new ArrayList<Operation>();
        int index = 0;
        for (var variable : variables.values()) {
            var value = values.get(index++);
            Operation first = null;
            for (int i = 0; i < copies.size(); i++) {
                var nodes = copies.get(i);
                if (first == null) {
                    first = nodes.op("AssignVariableOp").in(variable.handles().get(i), value).build();
                    done.add(first);
                } else {
                    var copy = copies.getFirst().op("ReadVariableOp").in(variable.handles().getFirst())
                        .after(first).attr("dtype", DataType.DT_FLOAT).out();
                    done.add(nodes.op("AssignVariableOp").in(variable.handles().get(i), copy).build());
                }
            }
        }
        return copies.getFirst().op("NoOp", name).after(done.toArray(Operation[]::new)).build();
    }

    static Shape shape(int... dimensions) {
        var sizes = new long[dimensions.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = dimensions[i];
        }
        return Shape.of(sizes);
    }
}

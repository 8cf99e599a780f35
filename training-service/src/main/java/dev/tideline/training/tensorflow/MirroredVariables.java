package dev.tideline.training.tensorflow;

import dev.tideline.training.tensorflow.MirroredVariable.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/** The variables of all replicas: weights, and the slots that optimizers keep beside them. */
final class MirroredVariables {

    private final List<Nodes> replicas;
    private final long seed;
    private final Map<String, MirroredVariable> variables = new LinkedHashMap<>();
    private final List<Operation> gathering = new ArrayList<>();

    /** @param replicas one scope per replica, on its device */
    MirroredVariables(List<Nodes> replicas, long seed) {
        this.replicas = replicas;
        this.seed = seed;
    }

    /** What the network of replica {@code index} sees. */
    Variables replica(int index) {
        return new Variables() {
            @Override
            public Output<?> read(Nodes nodes, String name, Initial initial, int... shape) {
                return variable(name, Kind.WEIGHT, initial, shape).values().get(index);
            }

            @Override
            public Output<?> gathered(Nodes nodes, String name, Initial initial, int... shape) {
                return variable(name, Kind.GATHERED, initial, shape).values().get(index);
            }

            @Override
            public void gather(String name, Output<?> difference) {
                var handle = Objects.requireNonNull(variables.get(name)).handles().get(index);
                gathering.add(replicas.get(index).op("AssignAddVariableOp").in(handle, difference).build());
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
        for (int i = 0; i < replicas.size(); i++) {
            var nodes = replicas.get(i);
            var handle = nodes.op("VarHandleOp").attr("dtype", DataType.DT_FLOAT).attr("shape", shape(shape))
                .attr("shared_name", i == 0 ? name : name + "/replica_" + i).out();
            handles.add(handle);
            values.add(nodes.op("ReadVariableOp").in(handle).attr("dtype", DataType.DT_FLOAT).out());
        }
        var first = initial.value(replicas.getFirst(), seed + name.hashCode(), shape);
        var variable = new MirroredVariable(name, kind, shape, first, handles, values);
        variables.put(name, variable);
        return variable;
    }

    /** What gradients move. */
    List<MirroredVariable> trained() {
        return variables.values().stream().filter(variable -> variable.kind() == Kind.WEIGHT).toList();
    }

    /** What every step adds to gathered variables. */
    List<Operation> gathering() {
        return List.copyOf(gathering);
    }

    /** The one value of each variable by its name, in the order of {@link #all()}, as a checkpoint has it. */
    Map<String, Output<?>> merged(Nodes host) {
        var merged = new LinkedHashMap<String, Output<?>>();
        for (var variable : variables.values()) {
            var values = variable.values();
            boolean equal = variable.kind() != Kind.GATHERED || values.size() == 1;
            merged.put(variable.name(), equal ? values.getFirst() : host.call("Mul",
                host.op("AddN").list(values.toArray(Output<?>[]::new)).out(), host.constant(1f / values.size())));
        }
        return merged;
    }

    List<MirroredVariable> all() {
        return List.copyOf(variables.values());
    }

    /** An operation that gives every variable its first value: computed on replica 0, copied to the others. */
    Operation initializer() {
        return assign(variables.values().stream().map(MirroredVariable::initial).toList(), "initialize");
    }

    /** An operation that assigns a value to every variable on every replica; {@code values} in the order of {@link #all()}. */
    Operation assign(List<Output<?>> values, String name) {
        var done = new ArrayList<Operation>();
        int index = 0;
        for (var variable : variables.values()) {
            var value = values.get(index++);
            Operation first = null;
            for (int i = 0; i < replicas.size(); i++) {
                var nodes = replicas.get(i);
                if (first == null) {
                    first = nodes.op("AssignVariableOp").in(variable.handles().get(i), value).build();
                    done.add(first);
                } else {
                    var copy = replicas.getFirst().op("ReadVariableOp").in(variable.handles().getFirst())
                        .after(first).attr("dtype", DataType.DT_FLOAT).out();
                    done.add(nodes.op("AssignVariableOp").in(variable.handles().get(i), copy).build());
                }
            }
        }
        return replicas.getFirst().op("NoOp", name).after(done.toArray(Operation[]::new)).build();
    }

    static Shape shape(int... dimensions) {
        var sizes = new long[dimensions.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = dimensions[i];
        }
        return Shape.of(sizes);
    }
}

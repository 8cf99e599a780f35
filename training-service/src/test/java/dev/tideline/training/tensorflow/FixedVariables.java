package dev.tideline.training.tensorflow;

import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.Output;

/** Variables with made-up values that a test can compute with. */
final class FixedVariables implements Variables {

    final Map<String, float[]> values = new LinkedHashMap<>();
    final Map<String, Output<?>> gathered = new LinkedHashMap<>();

    @Override
    public Output<?> read(Nodes nodes, String name, Initial initial, int... shape) {
        int size = 1;
        for (int dimension : shape) {
            size *= dimension;
        }
        var value = new float[size];
        for (int i = 0; i < size; i++) {
            value[i] = (float) Math.sin(1 + i + name.length());
        }
        values.put(name, value);
        return nodes.reshape(nodes.vector(value), shape);
    }

    @Override
    public Output<?> gathered(Nodes nodes, String name, Initial initial, int... shape) {
        var value = read(nodes, name, initial, shape);
        if (name.endsWith("variance")) {
            var positive = values.get(name);
            for (int i = 0; i < positive.length; i++) {
                positive[i] = Math.abs(positive[i]) + 0.1f;
            }
            return nodes.reshape(nodes.vector(positive), shape);
        }
        return value;
    }

    @Override
    public void gather(String name, Output<?> difference) {
        gathered.put(name, difference);
    }
}

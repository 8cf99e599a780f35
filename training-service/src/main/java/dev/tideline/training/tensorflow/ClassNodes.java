package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import java.util.List;
import org.tensorflow.Output;

/** Listed values of a column as a constant of the column's own type. */
final class ClassNodes {

    private ClassNodes() {}

    static Output<?> constant(Nodes nodes, Column column, List<String> values) {
        return switch (column.kind()) {
            case TEXT, BYTES -> nodes.vector(values.toArray(String[]::new));
            case INT -> nodes.vector(values.stream().mapToLong(Long::parseLong).toArray());
            case FLOAT -> {
                var numbers = new float[values.size()];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = Float.parseFloat(values.get(i));
                }
                yield nodes.vector(numbers);
            }
        };
    }
}

package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import java.util.List;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * What the elements of a dataset are made of.
 *
 * @param shapes of one row's components
 */
record Rows(DataType[] types, Shape[] shapes) {

    /** Serialised examples. */
    static final Rows RECORDS = new Rows(new DataType[] {DataType.DT_STRING}, new Shape[] {Shape.scalar()});

    /** A component per column. */
    static Rows of(List<Column> columns) {
        return new Rows(columns.stream().map(column -> DataTypes.of(column.kind())).toArray(DataType[]::new),
            columns.stream().map(column -> Shape.of(column.width())).toArray(Shape[]::new));
    }

    /** Shapes of the components of several rows. */
    Shape[] batches() {
        var batches = new Shape[shapes.length];
        for (int i = 0; i < shapes.length; i++) {
            batches[i] = shapes[i].prepend(Shape.UNKNOWN_SIZE);
        }
        return batches;
    }

    /** Builds an operation that gives single rows. */
    Output<?> single(NodeBuilder node) {
        return node.attr("output_types", types).attr("output_shapes", shapes).out();
    }

    /** Builds an operation that gives many rows at a time. */
    Output<?> batched(NodeBuilder node) {
        return node.attr("output_types", types).attr("output_shapes", batches()).out();
    }
}

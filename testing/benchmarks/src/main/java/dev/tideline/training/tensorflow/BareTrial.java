package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import java.util.Comparator;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * The shortest loop that tf.data has for the same records: {@code TFRecordDataset(files)[.shuffle(n)].batch(b).parse().prefetch(4)},
 * parsing with two threads. The rate is in records.
 */
public final class BareTrial implements Trial {

    private static final DataType[] RECORD = {DataType.DT_STRING};
    private static final Shape[] SCALAR = {Shape.scalar()};

    private final Graph graph = new Graph();
    private final Session session;
    private final Operation start;
    private final Operation next;
    private final int rows;

    public BareTrial(Workload workload, List<FileSlice> data, int shuffleBuffer) {
        rows = workload.batchSize();
        var nodes = Nodes.of(graph);
        var columns = workload.plan().columns().stream().sorted(Comparator.comparing(Column::name)).toList();
        var types = columns.stream().map(column -> DataTypes.of(column.kind())).toArray(DataType[]::new);
        var batched = columns.stream().map(column -> Shape.of(Shape.UNKNOWN_SIZE, column.width())).toArray(Shape[]::new);
        var files = nodes.vector(data.stream().map(slice -> slice.file().toString()).toArray(String[]::new));
        var records = nodes.op("TFRecordDataset").in(files, nodes.constant(""), nodes.constant(1L << 20)).out();
        if (shuffleBuffer > 0) {
            records = of(nodes.op("ShuffleDataset").in(records, nodes.constant((long) shuffleBuffer), nodes.constant(1L), nodes.constant(1L))
                .attr("reshuffle_each_iteration", true), RECORD, SCALAR);
        }
        var batches = of(nodes.op("BatchDatasetV2").in(records, nodes.constant((long) rows), nodes.cast(nodes.constant(0), DataType.DT_BOOL)),
            RECORD, new Shape[] {Shape.of(Shape.UNKNOWN_SIZE)});
        var parsed = of(nodes.op("ParseExampleDatasetV2").in(batches, nodes.constant(2L))
            .list(columns.stream().map(column -> RecordPipeline.defaultOf(nodes, column)).toArray(Output<?>[]::new))
            .attr("sparse_keys", new String[0]).attr("sparse_types", new DataType[0])
            .attr("dense_keys", columns.stream().map(Column::name).toArray(String[]::new)).attr("Tdense", types)
            .attr("dense_shapes", columns.stream().map(column -> Shape.of(column.width())).toArray(Shape[]::new)), types, batched);
        var ready = of(nodes.op("PrefetchDataset").in(parsed, nodes.constant(4L)), types, batched);
        var iterator = of(nodes.op("IteratorV2").attr("shared_name", "").attr("container", ""), types, batched);
        start = nodes.op("MakeIterator").in(ready, iterator).build();
        next = of(nodes.op("IteratorGetNext").in(iterator), types, batched).op();
        session = new Session(graph);
        session.runner().addTarget(start).run().close();
    }

    private static Output<?> of(NodeBuilder node, DataType[] types, Shape[] shapes) {
        return node.attr("output_types", types).attr("output_shapes", shapes).out();
    }

    @Override
    public int once() {
        try {
            session.runner().addTarget(next).run().close();
        } catch (TFOutOfRangeException over) {
            session.runner().addTarget(start).run().close();
        }
        return rows;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}

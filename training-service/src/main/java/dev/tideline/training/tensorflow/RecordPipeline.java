package dev.tideline.training.tensorflow;

import dev.tideline.features.Kind;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt64;

/**
 * Batches of parsed features, read by TensorFlow itself: slices of TFRecord files, interleaved, shuffled by a seed per pass,
 * batched, parsed a batch at a time, and prefetched. A pass ends with {@code TFOutOfRangeException}.
 */
final class RecordPipeline {

    private static final DataType[] RECORD = {DataType.DT_STRING};
    private static final int MAX_OPEN_FILES = 16;
    private static final long BLOCK = 16;
    private static final Shape[] SCALAR = {Shape.scalar()};

    private final Map<String, Output<?>> features = new LinkedHashMap<>();
    private final Output<?> seed;
    private final Output<?> skip;
    private final Operation start;
    private final Output<?> waited;

    /**
     * @param shuffleBuffer records held for shuffling; 0 keeps the order of the slices
     * @param threads       for reading and parsing
     */
    public record Options(int batchSize, int shuffleBuffer, int threads, int prefetchBatches) {}

    public RecordPipeline(Nodes scope, List<FileSlice> slices, Collection<Column> columns, Options options) {
        var nodes = scope.under("input");
        nodes.graph().importGraphDef(SliceFunction.library());
        seed = nodes.placeholder("seed", DataType.DT_INT64, Shape.scalar());
        skip = nodes.placeholder("skip_batches", DataType.DT_INT64, Shape.scalar());
        // The order of parsed components is the order of their keys.
        var sorted = columns.stream().distinct().sorted(Comparator.comparing(Column::name)).toList();
        var types = sorted.stream().map(column -> DataTypes.of(column.kind())).toArray(DataType[]::new);
        var shapes = sorted.stream().map(column -> Shape.of(column.width())).toArray(Shape[]::new);
        var batchShapes = sorted.stream().map(column -> Shape.of(Shape.UNKNOWN_SIZE, column.width())).toArray(Shape[]::new);

        var records = records(nodes, slices, options);
        var batches = of(nodes.op("BatchDatasetV2").in(records, nodes.constant((long) options.batchSize()), falsity(nodes)),
            RECORD, new Shape[] {Shape.of(Shape.UNKNOWN_SIZE)});
        var rest = of(nodes.op("SkipDataset").in(batches, skip), RECORD, new Shape[] {Shape.of(Shape.UNKNOWN_SIZE)});
        var parsed = of(parse(nodes, rest, sorted, types, shapes, options.threads()), types, batchShapes);
        var ready = of(nodes.op("PrefetchDataset").in(parsed, nodes.constant((long) options.prefetchBatches())), types, batchShapes);
        var iterator = of(nodes.op("IteratorV2").attr("shared_name", "").attr("container", ""), types, batchShapes);
        start = nodes.op("MakeIterator").in(ready, iterator).build();
        // The clock is read before the iterator is asked and when it has answered.
        var asked = nodes.op("Timestamp").build();
        var next = of(nodes.op("IteratorGetNext").in(iterator).after(asked), types, batchShapes).op();
        var components = new Output<?>[sorted.size()];
        for (int i = 0; i < components.length; i++) {
            components[i] = next.output(i);
        }
        waited = nodes.call("Sub", nodes.op("Timestamp").after(next).out(), asked.output(0));
        for (int i = 0; i < sorted.size(); i++) {
            features.put(sorted.get(i).name(), components[i]);
        }
    }

    /** The next batch by column name, each {@code [rows, width]}; the last batch of a pass may be short. */
    public Map<String, Output<?>> features() {
        return features;
    }

    /** Seconds that the step waited for this batch, float64; about nothing when it had been prefetched. */
    public Output<?> waited() {
        return waited;
    }

    /**
     * Begins a pass. Equal arguments give an equal order of examples.
     *
     * @param skipBatches how many batches of the pass to leave out, to go on where a checkpoint ended
     */
    public void start(Session session, long passSeed, long skipBatches) {
        try (var seedValue = TInt64.scalarOf(passSeed); var skipValue = TInt64.scalarOf(skipBatches)) {
            session.runner().feed(seed, seedValue).feed(skip, skipValue).addTarget(start).run().close();
        }
    }

    private Output<?> records(Nodes nodes, List<FileSlice> slices, Options options) {
        var paths = nodes.vector(slices.stream().map(slice -> slice.file().toString()).toArray(String[]::new));
        var skips = nodes.vector(slices.stream().mapToLong(FileSlice::skip).toArray());
        var takes = nodes.vector(slices.stream().mapToLong(FileSlice::take).toArray());
        var files = nodes.op("TensorSliceDataset").list(paths, skips, takes)
            .attr("Toutput_types", new DataType[] {DataType.DT_STRING, DataType.DT_INT64, DataType.DT_INT64})
            .attr("output_shapes", new Shape[] {Shape.scalar(), Shape.scalar(), Shape.scalar()}).out();
        // Shuffled reading takes several files at a time, so that a small buffer still mixes old and new. The parallel form of
        // interleaving costs three times as much per record; parsing and prefetching have threads of their own.
        long cycle = options.shuffleBuffer() > 0 ? Math.clamp(slices.size(), 1, MAX_OPEN_FILES) : 1;
        var records = of(nodes.op("InterleaveDataset").in(files).list()
            .in(nodes.constant(cycle), nodes.constant(BLOCK))
            .attr("f", SliceFunction.reference()).attr("Targuments", new DataType[0]), RECORD, SCALAR);
        if (options.shuffleBuffer() <= 0) {
            return records;
        }
        return of(nodes.op("ShuffleDataset")
            .in(records, nodes.constant((long) options.shuffleBuffer()), seed, nodes.constant(0L))
            .attr("reshuffle_each_iteration", false), RECORD, SCALAR);
    }

    private static NodeBuilder parse(
            Nodes nodes, Output<?> batches, List<Column> columns, DataType[] types, Shape[] shapes, int threads) {
        var defaults = new ArrayList<Output<?>>();
        for (var column : columns) {
            defaults.add(defaultOf(nodes, column));
        }
        return nodes.op("ParseExampleDatasetV2").in(batches, nodes.constant((long) threads))
            .list(defaults.toArray(Output<?>[]::new))
            .attr("sparse_keys", new String[0]).attr("sparse_types", new DataType[0])
            .attr("dense_keys", columns.stream().map(Column::name).toArray(String[]::new))
            .attr("Tdense", types).attr("dense_shapes", shapes)
            .attr("deterministic", "true");
    }

    /** An empty default makes the feature required. */
    static Output<?> defaultOf(Nodes nodes, Column column) {
        var value = column.defaultValue();
        int count = value == null ? 0 : column.width();
        return switch (column.kind()) {
            case FLOAT -> {
                var values = new float[count];
                Arrays.fill(values, value == null ? 0 : ((Number) value).floatValue());
                yield nodes.vector(values);
            }
            case INT -> {
                var values = new long[count];
                Arrays.fill(values, value == null ? 0 : ((Number) value).longValue());
                yield nodes.vector(values);
            }
            // A constant of texts cannot be empty in TensorFlow Java; a filled tensor can.
            case TEXT, BYTES -> nodes.call("Fill", nodes.vector(count), nodes.constant(Objects.toString(value, "")));
        };
    }

    private static Output<?> falsity(Nodes nodes) {
        return nodes.cast(nodes.constant(0), DataType.DT_BOOL);
    }

    private static Output<?> of(NodeBuilder node, DataType[] types, Shape[] shapes) {
        return node.attr("output_types", types).attr("output_shapes", shapes).out();
    }
}

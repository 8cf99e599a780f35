package dev.tideline.training.tensorflow;

import dev.tideline.features.Kind;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.InputPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt64;

/**
 * Batches of parsed features, read by TensorFlow itself: slices of TFRecord files, interleaved, perhaps cached, shuffled by a seed per
 * pass, batched, parsed a batch at a time, and prefetched. No batch holds records of two passes. After the last pass comes
 * {@code TFOutOfRangeException}.
 */
final class RecordPipeline {

    /** Records are handed on from files in blocks, because each step of a pipeline costs as much for one record as for many. */
    private static final long BLOCK = 16;
    private static final int PARSERS = 2;
    /** tf.data chooses. */
    private static final long AUTO = -1;
    private static final DataType[] RECORD = {DataType.DT_STRING};
    private static final DataType[] SLICE = {DataType.DT_STRING, DataType.DT_INT64, DataType.DT_INT64};
    private static final DataType[] PASS = {DataType.DT_INT64, DataType.DT_INT64};
    private static final Shape[] SCALAR = {Shape.scalar()};
    private static final Shape[] BATCH = {Shape.of(Shape.UNKNOWN_SIZE)};

    private final Map<String, Output<?>> features = new LinkedHashMap<>();
    private final Output<?> seeds;
    private final Output<?> skips;
    private final Operation start;
    private final Output<?> waited;

    /**
     * @param shuffleBuffer records held for shuffling; 0 keeps the order of the slices
     * @param cache         prefix of the files that keep records; only for an input that caches in files
     */
    record Options(int batchSize, int shuffleBuffer, InputPlan input, @Nullable Path cache) {

        /** In the order of the slices, once. */
        static Options once(int batchSize) {
            return new Options(batchSize, 0, InputPlan.DEFAULT, null);
        }
    }

    public RecordPipeline(Nodes scope, List<FileSlice> slices, Collection<Column> columns, Options options) {
        var nodes = scope.under("input");
        seeds = nodes.placeholder("seeds", DataType.DT_INT64, Shape.of(Shape.UNKNOWN_SIZE));
        skips = nodes.placeholder("skip_batches", DataType.DT_INT64, Shape.of(Shape.UNKNOWN_SIZE));
        // The order of parsed components is the order of their keys.
        var sorted = columns.stream().distinct().sorted(Comparator.comparing(Column::name)).toList();
        var types = sorted.stream().map(column -> DataTypes.of(column.kind())).toArray(DataType[]::new);
        var shapes = sorted.stream().map(column -> Shape.of(column.width())).toArray(Shape[]::new);
        var batchShapes = sorted.stream().map(column -> Shape.of(Shape.UNKNOWN_SIZE, column.width())).toArray(Shape[]::new);

        var batches = passes(nodes, cached(nodes, records(nodes, slices, options), options), options);
        var parsed = of(parse(nodes, batches, sorted, types, shapes, options.input()), types, batchShapes);
        var ready = of(nodes.op("PrefetchDataset").in(parsed, nodes.constant((long) options.input().prefetch())), types, batchShapes);
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
     * Begins passes that follow each other without a stop. Equal arguments give equal orders of examples.
     *
     * @param passSeeds   a seed per pass
     * @param skipBatches how many batches of the first pass to leave out, to go on where a checkpoint ended
     */
    void start(Session session, long[] passSeeds, long skipBatches) {
        var first = new long[passSeeds.length];
        first[0] = skipBatches;
        var shape = Shape.of(passSeeds.length);
        try (var seedValues = TInt64.tensorOf(shape, DataBuffers.of(passSeeds)); var skipValues = TInt64.tensorOf(shape, DataBuffers.of(first))) {
            session.runner().feed(seeds, seedValues).feed(skips, skipValues).addTarget(start).run().close();
        }
    }

    private static Output<?> records(Nodes nodes, List<FileSlice> slices, Options options) {
        var input = options.input();
        nodes.graph().importGraphDef(SliceFunction.library(BLOCK));
        var paths = nodes.vector(slices.stream().map(slice -> slice.file().toString()).toArray(String[]::new));
        var skips = nodes.vector(slices.stream().mapToLong(FileSlice::skip).toArray());
        var takes = nodes.vector(slices.stream().mapToLong(FileSlice::take).toArray());
        var files = of(nodes.op("TensorSliceDataset").list(paths, skips, takes)
            .attr("Toutput_types", SLICE), SLICE, new Shape[] {Shape.scalar(), Shape.scalar(), Shape.scalar()});
        // Shuffled reading takes several files in turn, so that a small buffer still mixes old and new.
        long cycle = options.shuffleBuffer() > 0 ? Math.clamp(slices.size(), 1, input.cycleLength()) : 1;
        var interleave = input.parallelReads() == 1
            ? nodes.op("InterleaveDataset").in(files).list().in(nodes.constant(cycle), nodes.constant(1L))
            : nodes.op("ParallelInterleaveDatasetV4").in(files).list()
                .in(nodes.constant(cycle), nodes.constant(1L), nodes.constant(AUTO), nodes.constant(AUTO),
                    nodes.constant((long) Math.min(cycle, input.parallelReads())))
                .attr("deterministic", Boolean.toString(input.deterministic()));
        var blocks = of(interleave.attr("f", FunctionNodes.reference(SliceFunction.NAME)).attr("Targuments", new DataType[0]),
            RECORD, BATCH);
        return of(nodes.op("UnbatchDataset").in(blocks), RECORD, SCALAR);
    }

    private static Output<?> cached(Nodes nodes, Output<?> records, Options options) {
        return switch (options.input().cache()) {
            case NONE -> records;
            case MEMORY -> of(nodes.op("CacheDataset").in(records, nodes.constant("")), RECORD, SCALAR);
            case FILE -> of(nodes.op("CacheDataset")
                .in(records, nodes.constant(Objects.requireNonNull(options.cache(), "cache").toString())), RECORD, SCALAR);
        };
    }

    private Output<?> passes(Nodes nodes, Output<?> records, Options options) {
        var function = new PassFunction(options.batchSize(), options.shuffleBuffer());
        nodes.graph().importGraphDef(function.library());
        var passes = of(nodes.op("TensorSliceDataset").list(seeds, skips).attr("Toutput_types", PASS),
            PASS, new Shape[] {Shape.scalar(), Shape.scalar()});
        return of(nodes.op("FlatMapDataset").in(passes).list(records)
            .attr("f", FunctionNodes.reference(function.name())).attr("Targuments", new DataType[] {DataType.DT_VARIANT}), RECORD, BATCH);
    }

    private static NodeBuilder parse(
            Nodes nodes, Output<?> batches, List<Column> columns, DataType[] types, Shape[] shapes, InputPlan input) {
        var defaults = new ArrayList<Output<?>>();
        for (var column : columns) {
            defaults.add(defaultOf(nodes, column));
        }
        return nodes.op("ParseExampleDatasetV2").in(batches, nodes.constant((long) PARSERS))
            .list(defaults.toArray(Output<?>[]::new))
            .attr("sparse_keys", new String[0]).attr("sparse_types", new DataType[0])
            .attr("dense_keys", columns.stream().map(Column::name).toArray(String[]::new))
            .attr("Tdense", types).attr("dense_shapes", shapes)
            .attr("deterministic", Boolean.toString(input.deterministic()));
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

    private static Output<?> of(NodeBuilder node, DataType[] types, Shape[] shapes) {
        return node.attr("output_types", types).attr("output_shapes", shapes).out();
    }
}

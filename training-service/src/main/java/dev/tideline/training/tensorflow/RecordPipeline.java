package dev.tideline.training.tensorflow;

import dev.tideline.features.Kind;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.InputPlan;
import dev.tideline.training.model.InputPlan.Cache;
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
 * Batches of parsed features, read by TensorFlow itself: slices of TFRecord files, interleaved, shuffled by a seed per pass,
 * batched, parsed a batch at a time, and prefetched; what is cached is parsed before it is shuffled. No batch holds records of two passes. After the last pass comes
 * {@code TFOutOfRangeException}.
 */
final class RecordPipeline {

    /** Records are handed on from files in blocks, because each step of a pipeline costs as much for one record as for many. */
    private static final long BLOCK = 32;
    private static final long PARSERS = 2;
    /** tf.data chooses. */
    private static final long AUTO = -1;
    private static final Rows SLICES = new Rows(new DataType[] {DataType.DT_STRING, DataType.DT_INT64, DataType.DT_INT64},
        new Shape[] {Shape.scalar(), Shape.scalar(), Shape.scalar()});
    private static final Rows PASSES = new Rows(new DataType[] {DataType.DT_INT64, DataType.DT_INT64},
        new Shape[] {Shape.scalar(), Shape.scalar()});

    private final Map<String, Output<?>> features = new LinkedHashMap<>();
    private final Output<?> seeds;
    private final Output<?> skips;
    private final Operation start;
    private final Output<?> waited;

    /**
     * @param shuffleBuffer records held for shuffling; 0 keeps the order of the slices
     * @param input         settled
     * @param cache         prefix of the files that keep records; only for an input that caches in files
     */
    record Options(int batchSize, int shuffleBuffer, InputPlan input, @Nullable Path cache) {

        /** In the order of the slices, once. */
        static Options once(int batchSize) {
            return new Options(batchSize, 0, InputPlan.DEFAULT.settle(1, 0), null);
        }
    }

    public RecordPipeline(Nodes scope, List<FileSlice> slices, Collection<Column> columns, Options options) {
        var nodes = scope.under("input");
        seeds = nodes.placeholder("seeds", DataType.DT_INT64, Shape.of(Shape.UNKNOWN_SIZE));
        skips = nodes.placeholder("skip_batches", DataType.DT_INT64, Shape.of(Shape.UNKNOWN_SIZE));
        // The order of parsed components is the order of their keys.
        var sorted = columns.stream().distinct().sorted(Comparator.comparing(Column::name)).toList();
        var pack = new PackFunction(sorted);
        var blocks = blocks(nodes, slices, options);
        boolean cached = options.input().cache() != Cache.NONE;
        var rows = cached ? pack.rows() : Rows.of(sorted);
        var batches = cached ? packed(nodes, blocks, sorted, pack, options)
            : parse(nodes, passes(nodes, Rows.RECORDS, unbatch(nodes, Rows.RECORDS, blocks), options), sorted, options.input());
        var ready = rows.batched(nodes.op("PrefetchDataset").in(batches, nodes.constant((long) options.input().prefetch())));
        var iterator = rows.batched(nodes.op("IteratorV2").attr("shared_name", "").attr("container", ""));
        start = nodes.op("MakeIterator").in(ready, iterator).build();
        // The clock is read before the iterator is asked and when it has answered.
        var asked = nodes.op("Timestamp").build();
        var next = rows.batched(nodes.op("IteratorGetNext").in(iterator).after(asked)).op();
        waited = nodes.call("Sub", nodes.op("Timestamp").after(next).out(), asked.output(0));
        var components = new ArrayList<Output<?>>();
        for (int i = 0; i < next.numOutputs(); i++) {
            components.add(next.output(i));
        }
        if (cached) {
            features.putAll(pack.unpack(nodes, components));
        } else {
            sorted.forEach(column -> features.put(column.name(), components.get(features.size())));
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

    /** Serialised examples, some at a time. */
    private static Output<?> blocks(Nodes nodes, List<FileSlice> slices, Options options) {
        var input = options.input();
        nodes.graph().importGraphDef(SliceFunction.library(BLOCK));
        var paths = nodes.vector(slices.stream().map(slice -> slice.file().toString()).toArray(String[]::new));
        var skips = nodes.vector(slices.stream().mapToLong(FileSlice::skip).toArray());
        var takes = nodes.vector(slices.stream().mapToLong(FileSlice::take).toArray());
        var files = SLICES.single(nodes.op("TensorSliceDataset").list(paths, skips, takes).attr("Toutput_types", SLICES.types()));
        // Shuffled reading takes several files in turn, so that a small buffer still mixes old and new.
        long cycle = options.shuffleBuffer() > 0 ? Math.clamp(slices.size(), 1, input.cycleLength()) : 1;
        var interleave = input.parallelReads() == 1
            ? nodes.op("InterleaveDataset").in(files).list().in(nodes.constant(cycle), nodes.constant(1L))
            : nodes.op("ParallelInterleaveDatasetV4").in(files).list()
                .in(nodes.constant(cycle), nodes.constant(1L), nodes.constant(AUTO), nodes.constant(AUTO),
                    nodes.constant((long) Math.min(cycle, input.parallelReads())))
                .attr("deterministic", Boolean.toString(input.deterministic()));
        return Rows.RECORDS.batched(interleave.attr("f", FunctionNodes.reference(SliceFunction.NAME)).attr("Targuments", new DataType[0]));
    }

    /** Parsed and packed before they are kept, so that only the first pass pays for it. */
    private Output<?> packed(Nodes nodes, Output<?> blocks, List<Column> columns, PackFunction pack, Options options) {
        nodes.graph().importGraphDef(pack.library());
        var rows = pack.rows();
        var parsed = parse(nodes, blocks, columns, options.input());
        var packed = rows.batched(nodes.op("MapDataset").in(parsed).list().attr("f", FunctionNodes.reference(PackFunction.NAME))
            .attr("Targuments", new DataType[0]));
        return switch (options.input().cache()) {
            case MEMORY -> whole(nodes, rows, packed, options);
            case FILE -> {
                var prefix = Objects.requireNonNull(options.cache(), "cache").toString();
                var kept = rows.batched(nodes.op("CacheDataset").in(packed, nodes.constant(prefix)));
                yield passes(nodes, rows, unbatch(nodes, rows, kept), options);
            }
            case NONE, AUTO -> throw new IllegalStateException("cache: " + options.input().cache() + " (expected: MEMORY or FILE)");
        };
    }

    /** All rows as one element of a dataset, which stays; see {@link WholeFunctions}. */
    private Output<?> whole(Nodes nodes, Rows rows, Output<?> packed, Options options) {
        var all = rows.batched(nodes.op("BatchDatasetV2").in(unbatch(nodes, rows, packed), nodes.constant(Long.MAX_VALUE),
            nodes.cast(nodes.constant(0), DataType.DT_BOOL)));
        var kept = rows.batched(nodes.op("CacheDataset").in(all, nodes.constant("")));
        var functions = new WholeFunctions(rows, options.batchSize(), options.shuffleBuffer() > 0);
        functions.libraries().forEach(nodes.graph()::importGraphDef);
        return mapOverPasses(nodes, rows, kept, functions.name());
    }

    private static Output<?> unbatch(Nodes nodes, Rows rows, Output<?> batches) {
        return rows.single(nodes.op("UnbatchDataset").in(batches));
    }

    private Output<?> passes(Nodes nodes, Rows kind, Output<?> rows, Options options) {
        var function = new PassFunction(kind, options.batchSize(), options.shuffleBuffer());
        nodes.graph().importGraphDef(function.library());
        return mapOverPasses(nodes, kind, rows, function.name());
    }

    private Output<?> mapOverPasses(Nodes nodes, Rows rows, Output<?> captured, String function) {
        var passes = PASSES.single(nodes.op("TensorSliceDataset").list(seeds, skips).attr("Toutput_types", PASSES.types()));
        return rows.batched(nodes.op("FlatMapDataset").in(passes).list(captured)
            .attr("f", FunctionNodes.reference(function)).attr("Targuments", new DataType[] {DataType.DT_VARIANT}));
    }

    private static Output<?> parse(Nodes nodes, Output<?> batches, List<Column> columns, InputPlan input) {
        var rows = Rows.of(columns);
        return rows.batched(nodes.op("ParseExampleDatasetV2").in(batches, nodes.constant(PARSERS))
            .list(columns.stream().map(column -> defaultOf(nodes, column)).toArray(Output<?>[]::new))
            .attr("sparse_keys", new String[0]).attr("sparse_types", new DataType[0])
            .attr("dense_keys", columns.stream().map(Column::name).toArray(String[]::new))
            .attr("Tdense", rows.types()).attr("dense_shapes", rows.shapes())
            .attr("deterministic", Boolean.toString(input.deterministic())));
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
}

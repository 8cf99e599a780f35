package dev.tideline.tfrecord;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.Scope;
import org.tensorflow.op.data.DatasetToTfRecord;
import org.tensorflow.op.data.TensorSliceDataset;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.op.io.ParseSequenceExample;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/** TensorFlow's own kernels for record files and examples, run one at a time: what our bytes are compared with. */
final class TensorFlowRecords implements AutoCloseable {

    private final EagerSession session = EagerSession.create();
    private final Ops tf = Ops.create(session);
    private final Scope scope = tf.scope();

    /**
     * A feature as TensorFlow is asked for it.
     *
     * @param sample any value; only its kind counts
     * @param width  number of values of each row; -1 when rows differ
     */
    record Column(String name, Feature sample, int width) {

        Class<? extends TType> type() {
            return switch (sample) {
                case Feature.Floats floats -> TFloat32.class;
                case Feature.Longs longs -> TInt64.class;
                case Feature.Bytes bytes -> TString.class;
            };
        }
    }

    /**
     * Payloads that {@code TFRecordDataset} finds; they are added one by one, so that those before damage are seen. In a graph of
     * its own: an eager session that has iterators may hang when it is closed.
     */
    static void read(Path file, Compression compression, List<byte[]> found) {
        DataType[] types = {DataType.DT_STRING};
        Shape[] shapes = {Shape.scalar()};
        try (Graph graph = new Graph(); Session session = new Session(graph)) {
            Ops ops = Ops.create(graph);
            var dataset = graph.opBuilder("TFRecordDataset", "records", ops.scope()).addInput(ops.array(file.toString()).asOutput())
                    .addInput(ops.constant(compression.tensorFlowName()).asOutput()).addInput(ops.constant(0L).asOutput()).build();
            var iterator = graph.opBuilder("IteratorV2", "iterator", ops.scope()).setAttr("shared_name", "").setAttr("container", "")
                    .setAttr("output_types", types).setAttr("output_shapes", shapes).build();
            var start = graph.opBuilder("MakeIterator", "start", ops.scope())
                    .addInput(dataset.output(0)).addInput(iterator.output(0)).build();
            var next = graph.opBuilder("IteratorGetNext", "next", ops.scope()).addInput(iterator.output(0))
                    .setAttr("output_types", types).setAttr("output_shapes", shapes).build();
            session.runner().addTarget(start).run().close();
            while (true) {
                try (var result = session.runner().fetch(next.output(0)).run()) {
                    found.add(((TString) result.get(0)).asBytes().getObject());
                }
            }
        } catch (TFOutOfRangeException end) {
            // That is how a dataset ends.
        }
    }

    /** Lets TensorFlow write a file. */
    void write(Path file, Compression compression, List<byte[]> records) {
        var dataset = TensorSliceDataset.create(scope, List.of(strings(records)), List.of(Shape.scalar()));
        DatasetToTfRecord.create(scope, dataset, tf.constant(file.toString()), tf.constant(compression.tensorFlowName()));
    }

    /** Values of each column by row, as {@code ParseExampleV2} sees them; absent rows of a fixed width are filled with defaults. */
    List<List<Feature>> parse(List<byte[]> examples, List<Column> columns) {
        List<Column> fixed = columns.stream().filter(column -> column.width() >= 0).toList();
        List<Column> ragged = columns.stream().filter(column -> column.width() < 0).toList();
        ParseExample parsed = ParseExample.create(scope, strings(examples), none(), none(), names(fixed), names(ragged),
                fixed.stream().<Operand<?>>map(this::defaults).toList(), 0L, List.of(), types(ragged), splitTypes(ragged),
                fixed.stream().map(column -> Shape.of(column.width())).toList());
        return columns.stream().map(column -> column.width() < 0
                ? rows(parsed.raggedValues().get(ragged.indexOf(column)), longs(parsed.raggedRowSplits().get(ragged.indexOf(column))))
                : rows(parsed.denseValues().get(fixed.indexOf(column)), IntStream.rangeClosed(0, examples.size())
                        .mapToLong(row -> (long) row * column.width()).toArray())).toList();
    }

    /** @param lists values of each list, step by step */
    record Sequence(List<Feature> context, List<List<Feature>> lists) {}

    /** A sequence as {@code ParseSequenceExampleV2} sees it. */
    Sequence parseSequence(byte[] example, List<Column> context, List<Column> lists) {
        ParseSequenceExample parsed = ParseSequenceExample.create(scope, strings(List.of(example)), none(), none(), none(),
                names(context), none(), none(), names(lists), tf.constant(new boolean[0]), List.of(),
                List.of(), types(context), splitTypes(context), List.of(), List.of(), types(lists), splitTypes(lists));
        return new Sequence(
                IntStream.range(0, context.size()).mapToObj(i -> rows(parsed.contextRaggedValues().get(i),
                        longs(parsed.contextRaggedRowSplits().get(i))).getFirst()).toList(),
                IntStream.range(0, lists.size()).mapToObj(i -> rows(parsed.featureListRaggedValues().get(i),
                        longs(parsed.featureListRaggedInnerSplits().get(i)))).toList());
    }

    @Override
    public void close() {
        session.close();
    }

    /** What an absent value of a fixed width reads as. */
    static Feature defaultOf(Column column) {
        return switch (column.sample()) {
            case Feature.Floats floats -> {
                float[] values = new float[column.width()];
                Arrays.fill(values, -77f);
                yield new Feature.Floats(values);
            }
            case Feature.Longs longs -> {
                long[] values = new long[column.width()];
                Arrays.fill(values, -77);
                yield new Feature.Longs(values);
            }
            case Feature.Bytes bytes -> Feature.text(Collections.nCopies(column.width(), "absent").toArray(String[]::new));
        };
    }

    private Operand<?> defaults(Column column) {
        return switch (defaultOf(column)) {
            case Feature.Floats floats -> tf.constant(floats.values());
            case Feature.Longs longs -> tf.constant(longs.values());
            case Feature.Bytes bytes -> strings(Arrays.asList(bytes.values()));
        };
    }

    private Operand<TString> strings(List<byte[]> values) {
        if (values.isEmpty()) {
            return none();
        }
        try (TString tensor = TString.tensorOfBytes(NdArrays.vectorOfObjects(values.toArray(byte[][]::new)))) {
            return tf.constantOf(tensor);
        }
    }

    /** No constant can be empty, a filled tensor can. */
    private Operand<TString> none() {
        return tf.fill(tf.constant(new int[] {0}), tf.constant(""));
    }

    private Operand<TString> names(List<Column> columns) {
        return strings(columns.stream().map(column -> column.name().getBytes(StandardCharsets.UTF_8)).toList());
    }

    private static List<Class<? extends TType>> types(List<Column> columns) {
        return columns.stream().<Class<? extends TType>>map(Column::type).toList();
    }

    private static List<Class<? extends TNumber>> splitTypes(List<Column> columns) {
        return Collections.nCopies(columns.size(), TInt64.class);
    }

    private static long[] longs(Output<?> output) {
        try (TInt64 tensor = (TInt64) output.asTensor()) {
            long[] values = new long[Math.toIntExact(tensor.size())];
            tensor.copyTo(DataBuffers.of(values, false, false));
            return values;
        }
    }

    /** Cuts a tensor's values, taken in row-major order, where {@code splits} say. */
    private static List<Feature> rows(Output<?> output, long[] splits) {
        try (TType tensor = output.asTensor()) {
            int size = Math.toIntExact(tensor.size());
            IntBiFunction cut = switch (tensor) {
                case TFloat32 floats -> {
                    float[] all = new float[size];
                    floats.copyTo(DataBuffers.of(all, false, false));
                    yield (from, to) -> new Feature.Floats(Arrays.copyOfRange(all, from, to));
                }
                case TInt64 longs -> {
                    long[] all = new long[size];
                    longs.copyTo(DataBuffers.of(all, false, false));
                    yield (from, to) -> new Feature.Longs(Arrays.copyOfRange(all, from, to));
                }
                default -> {
                    byte[][] all = new byte[size][];
                    ((TString) tensor).asBytes().copyTo(DataBuffers.of(all, false, false));
                    yield (from, to) -> new Feature.Bytes(Arrays.copyOfRange(all, from, to));
                }
            };
            return IntStream.range(0, splits.length - 1)
                    .mapToObj(row -> cut.apply(Math.toIntExact(splits[row]), Math.toIntExact(splits[row + 1]))).toList();
        }
    }

    private interface IntBiFunction {
        Feature apply(int from, int to);
    }
}

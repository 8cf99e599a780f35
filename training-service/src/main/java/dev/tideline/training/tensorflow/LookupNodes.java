package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenInput.Frozen;
import java.util.List;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/**
 * Finds values in a vocabulary by a binary search over sorted keys, so that a step costs rows times the logarithm of the vocabulary.
 * A hash table of TensorFlow would need an initialising operation, which a plain SavedModel of TensorFlow Java has no place for.
 */
final class LookupNodes {

    /** Keys of texts: a hash, confirmed by comparing the texts themselves. */
    private static final long HASHES = Long.MAX_VALUE;

    private final Nodes nodes;
    private final Column column;
    private final Frozen.Vocabulary vocabulary;

    LookupNodes(Nodes nodes, Column column, Frozen.Vocabulary vocabulary) {
        this.nodes = nodes;
        this.column = column;
        this.vocabulary = vocabulary;
    }

    /** {@code [rows, width]} values in, {@code [rows, width, values + oov]} with one 1 each out; none for an unknown value without oov. */
    Output<?> oneHot(Output<?> raw) {
        var found = find(raw);
        var on = vocabulary.oov() > 0 ? found.index()
            // OneHot gives zeros for an index outside.
            : nodes.call("Sub", nodes.call("Mul", nodes.call("AddV2", found.index(), nodes.constant(1L)), found.known()), nodes.constant(1L));
        return nodes.call("OneHot", on, nodes.constant(vocabulary.width(1)), nodes.constant(1f), nodes.constant(0f));
    }

    /** Rows of {@code table}, {@code [rows, width, dimensions]}; zeros for an unknown value without oov. */
    Output<?> rows(Output<?> raw, Output<?> table) {
        var found = find(raw);
        // ResourceGather has no C++ gradient; GatherV2 on the read value has.
        var rows = nodes.call("GatherV2", table, found.index(), nodes.constant(0));
        return vocabulary.oov() > 0 ? rows
            : nodes.call("Mul", rows, nodes.expand(nodes.cast(found.known(), DataType.DT_FLOAT), -1));
    }

    /**
     * @param index int64 place in the vocabulary, or behind it by a hash over the oov buckets; 0 for an unknown value without oov
     * @param known int64, 1 or 0
     */
    private record Found(Output<?> index, Output<?> known) {}

    private Found find(Output<?> raw) {
        var sorted = SortedVocabulary.of(column, vocabulary.values());
        var key = key(raw);
        var keys = nodes.vector(sorted.keys());
        int size = sorted.keys().length;
        var bound = nodes.op("LowerBound").in(nodes.expand(keys, 0), nodes.reshape(key, 1, -1)).attr("out_type", DataType.DT_INT64).out();
        var place = nodes.call("Reshape", nodes.call("Minimum", bound, nodes.constant(size - 1L)),
            nodes.op("Shape").in(raw).attr("out_type", DataType.DT_INT32).out());
        var index = gather(nodes.vector(sorted.places()), place);
        var known = nodes.cast(nodes.call("Equal", raw, gather(ClassNodes.constant(nodes, column, vocabulary.values()), index)),
            DataType.DT_INT64);
        if (vocabulary.oov() == 0) {
            return new Found(nodes.call("Mul", index, known), known);
        }
        var unseen = vocabulary.oov() == 1 ? nodes.call("Sub", nodes.constant((long) vocabulary.values().size()), index)
            : nodes.call("Sub", nodes.call("AddV2", hash(nodes, column, raw, vocabulary.oov()),
                nodes.constant((long) vocabulary.values().size())), index);
        // index when known, the bucket when not.
        return new Found(nodes.call("AddV2", index, nodes.call("Mul", nodes.call("Sub", nodes.constant(1L), known), unseen)), known);
    }

    private Output<?> key(Output<?> raw) {
        return switch (column.kind()) {
            case TEXT, BYTES -> nodes.op("StringToHashBucketFast").in(raw).attr("num_buckets", HASHES).out();
            case INT, FLOAT -> raw;
        };
    }

    private Output<?> gather(Output<?> values, Output<?> index) {
        return nodes.call("GatherV2", values, index, nodes.constant(0));
    }

    static Output<?> hash(Nodes nodes, Column column, Output<?> raw, int buckets) {
        return nodes.op("StringToHashBucketFast").in(text(nodes, raw)).attr("num_buckets", (long) buckets).out();
    }

    /** Any value as a text. */
    static Output<?> text(Nodes nodes, Output<?> raw) {
        return raw.dataType() == DataType.DT_STRING ? raw : nodes.call("AsString", raw);
    }

    /** The same hashes as in the graph, of constants. */
    static long[] hashes(List<String> values) {
        return Constants.longs(nodes -> nodes.op("StringToHashBucketFast")
            .in(nodes.vector(values.toArray(String[]::new))).attr("num_buckets", HASHES).out());
    }
}

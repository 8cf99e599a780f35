package dev.tideline.training.tensorflow;

import dev.tideline.features.Kind;
import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenInput.Frozen;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Output;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;

/** Frozen transformations as nodes: raw values {@code [rows, width]} in, float32 {@code [rows, n]} out. */
final class InputNodes {

    private InputNodes() {}

    static Output<?> build(Nodes nodes, Variables variables, FrozenInput input, Output<?> raw) {
        return switch (input.transform()) {
            case Frozen.Scale scale -> scale(nodes, number(nodes, raw), scale.offset(), scale.scale());
            case Frozen.Range range -> {
                var clipped = nodes.call("Minimum", nodes.call("Maximum", number(nodes, raw), nodes.constant((float) range.min())),
                    nodes.constant((float) range.max()));
                yield scale(nodes, clipped, range.min(), 1 / (range.max() - range.min()));
            }
            case Frozen.Log log -> {
                var x = number(nodes, raw);
                var folded = nodes.call("Mul", nodes.call("Sign", x), nodes.call("Log1p", nodes.call("Abs", x)));
                yield scale(nodes, folded, log.offset(), log.scale());
            }
            case Frozen.Buckets buckets -> flat(nodes, oneHot(nodes,
                nodes.op("Bucketize").in(number(nodes, raw)).attr("boundaries", floats(buckets.edges())).out(),
                buckets.edges().size() + 1), input.width());
            case Frozen.Vocabulary vocabulary -> flat(nodes, members(nodes, input.column(), raw, vocabulary), input.width());
            case Frozen.Hash hash -> flat(nodes, oneHot(nodes, hash(nodes, input.column(), raw, hash.buckets()), hash.buckets()),
                input.width());
            case Frozen.Embedding embedding -> embed(nodes, variables, input, raw, embedding);
        };
    }

    private static Output<?> embed(
            Nodes nodes, Variables variables, FrozenInput input, Output<?> raw, Frozen.Embedding embedding) {
        int rows = embedding.vocabulary().width(1);
        var table = variables.read(nodes, input.column().name() + "/embedding", new Initial.Uniform(0.05f),
            rows, embedding.dimensions());
        var index = nodes.op("ArgMax").in(members(nodes, input.column(), raw, embedding.vocabulary()), nodes.constant(-1)).out();
        // ResourceGather has no C++ gradient; GatherV2 on the read value has.
        return flat(nodes, nodes.call("GatherV2", table, index, nodes.constant(0)), input.width());
    }

    /** {@code [rows, width, values + oov]}, one 1 per value. */
    private static Output<?> members(Nodes nodes, Column column, Output<?> raw, Frozen.Vocabulary vocabulary) {
        var known = nodes.cast(nodes.call("Equal", nodes.expand(raw, -1), ClassNodes.constant(nodes, column, vocabulary.values())),
            DataType.DT_FLOAT);
        if (vocabulary.oov() == 0) {
            return known;
        }
        var unseen = nodes.call("Sub", nodes.constant(1f),
            nodes.op("Sum").in(known, nodes.constant(-1)).attr("keep_dims", true).out());
        var other = vocabulary.oov() == 1 ? unseen
            : nodes.call("Mul", unseen, oneHot(nodes, hash(nodes, column, raw, vocabulary.oov()), vocabulary.oov()));
        return nodes.concat(List.of(known, other), -1);
    }

    private static Output<?> hash(Nodes nodes, Column column, Output<?> raw, int buckets) {
        var text = column.kind() == Kind.TEXT || column.kind() == Kind.BYTES ? raw : nodes.call("AsString", raw);
        return nodes.op("StringToHashBucketFast").in(text).attr("num_buckets", (long) buckets).out();
    }

    private static Output<?> oneHot(Nodes nodes, Output<?> index, int depth) {
        return nodes.call("OneHot", index, nodes.constant(depth), nodes.constant(1f), nodes.constant(0f));
    }

    private static Output<?> number(Nodes nodes, Output<?> raw) {
        return raw.dataType() == DataType.DT_FLOAT ? raw : nodes.cast(raw, DataType.DT_FLOAT);
    }

    private static Output<?> scale(Nodes nodes, Output<?> x, double offset, double scale) {
        return nodes.call("Mul", nodes.call("Sub", x, nodes.constant((float) offset)), nodes.constant((float) scale));
    }

    private static Output<?> flat(Nodes nodes, Output<?> value, int width) {
        return nodes.reshape(value, -1, width);
    }

    private static AttrValue floats(List<Double> values) {
        var list = AttrValue.ListValue.newBuilder();
        new ArrayList<>(values).forEach(value -> list.addF(value.floatValue()));
        return AttrValue.newBuilder().setList(list).build();
    }
}

package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FrozenInput;
import dev.tideline.training.input.FrozenInput.Frozen;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Output;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;

/** Frozen transformations as nodes: raw values {@code [rows, width]} in, float32 {@code [rows, n]} or images out. */
final class InputNodes {

    private final Nodes nodes;
    private final Variables variables;
    private final Map<String, Output<?>> raw;

    /** @param raw raw values by column name */
    InputNodes(Nodes nodes, Variables variables, Map<String, Output<?>> raw) {
        this.nodes = nodes;
        this.variables = variables;
        this.raw = raw;
    }

    /** @param name keys the input's variables */
    Sized build(FrozenInput input, String name) {
        var column = input.column();
        var value = raw.get(column.name());
        var built = switch (input.transform()) {
            case Frozen.Scale scale -> {
                var scaled = scale(nodes, number(nodes, value), scale.offset(), scale.scale());
                yield scale.limit() > 0 ? clip(nodes, scaled, -scale.limit(), scale.limit()) : scaled;
            }
            case Frozen.Range range -> scale(nodes, clip(nodes, number(nodes, value), range.min(), range.max()), range.min(),
                1 / (range.max() - range.min()));
            case Frozen.Log log -> {
                var x = number(nodes, value);
                var folded = nodes.call("Mul", nodes.call("Sign", x), nodes.call("Log1p", nodes.call("Abs", x)));
                yield scale(nodes, folded, log.offset(), log.scale());
            }
            case Frozen.Buckets buckets -> flat(oneHot(bucket(value, buckets.edges()), buckets.edges().size() + 1), input);
            case Frozen.Vocabulary vocabulary -> flat(new LookupNodes(nodes, column, vocabulary).oneHot(value), input);
            case Frozen.Hash hash -> flat(oneHot(LookupNodes.hash(nodes, column, value, hash.buckets()), hash.buckets()), input);
            case Frozen.Embedding embedding -> {
                var table = variables.read(nodes, name + "/embedding", new Initial.Uniform(0.05f),
                    embedding.vocabulary().width(1), embedding.dimensions());
                yield flat(new LookupNodes(nodes, column, embedding.vocabulary()).rows(value, table), input);
            }
            case Frozen.Cross cross -> flat(oneHot(crossed(cross), cross.buckets()), input);
            case Frozen.Image image -> ImageFunction.decode(nodes, image, nodes.reshape(value, -1));
        };
        return new Sized(built, input.dims());
    }

    /** Values of all parts as one text, hashed. */
    private Output<?> crossed(Frozen.Cross cross) {
        var texts = new ArrayList<Output<?>>();
        for (var part : cross.parts()) {
            var value = raw.get(part.column().name());
            texts.add(LookupNodes.text(nodes, part.edges().isEmpty() ? value : bucket(value, part.edges())));
        }
        // A separator that texts hardly hold: otherwise ("ab", "c") and ("a", "bc") would be the same.
        var joined = nodes.op("StringJoin").list(texts.toArray(Output<?>[]::new)).attr("separator", "\u001f").out();
        return nodes.op("StringToHashBucketFast").in(joined).attr("num_buckets", (long) cross.buckets()).out();
    }

    private Output<?> bucket(Output<?> value, List<Double> edges) {
        return nodes.op("Bucketize").in(number(nodes, value)).attr("boundaries", floats(edges)).out();
    }

    private Output<?> oneHot(Output<?> index, int depth) {
        return nodes.call("OneHot", index, nodes.constant(depth), nodes.constant(1f), nodes.constant(0f));
    }

    private Output<?> flat(Output<?> value, FrozenInput input) {
        return nodes.reshape(value, -1, input.width());
    }

    private static Output<?> number(Nodes nodes, Output<?> raw) {
        return raw.dataType() == DataType.DT_FLOAT ? raw : nodes.cast(raw, DataType.DT_FLOAT);
    }

    private static Output<?> clip(Nodes nodes, Output<?> x, double min, double max) {
        return nodes.call("Minimum", nodes.call("Maximum", x, nodes.constant((float) min)), nodes.constant((float) max));
    }

    private static Output<?> scale(Nodes nodes, Output<?> x, double offset, double scale) {
        return nodes.call("Mul", nodes.call("Sub", x, nodes.constant((float) offset)), nodes.constant((float) scale));
    }

    private static AttrValue floats(List<Double> values) {
        var list = AttrValue.ListValue.newBuilder();
        new ArrayList<>(values).forEach(value -> list.addF(value.floatValue()));
        return AttrValue.newBuilder().setList(list).build();
    }
}

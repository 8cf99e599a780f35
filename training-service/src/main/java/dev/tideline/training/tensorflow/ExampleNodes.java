package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FrozenTarget;
import dev.tideline.training.model.Head;
import dev.tideline.training.network.NetworkPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Output;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * The way in for serialised {@code tf.train.Example}s, and the outputs that TensorFlow Serving's classify and regress look for:
 * {@code inputs} to {@code classes} and {@code scores}, each {@code [batch, classes]}, or to {@code outputs}, {@code [batch]}.
 */
final class ExampleNodes {

    static final String KEY = "serialized_example";
    static final String INPUT = "inputs";

    static final String CLASSIFY = "tensorflow/serving/classify";
    static final String REGRESS = "tensorflow/serving/regress";

    private final Nodes nodes;
    private final NetworkPlan plan;
    private final Output<?> serialized;

    ExampleNodes(Nodes root, NetworkPlan plan) {
        this.nodes = root.under(KEY);
        this.plan = plan;
        serialized = nodes.placeholder("examples", DataType.DT_STRING, Shape.of(Shape.UNKNOWN_SIZE));
    }

    Nodes nodes() {
        return nodes;
    }

    /** Takes examples, {@code [batch]}. */
    Output<?> serialized() {
        return serialized;
    }

    /** Raw values by column name, each {@code [batch, width]}; a missing feature has its default, or is refused. */
    Map<String, Output<?>> parsed() {
        var columns = plan.inputColumns();
        var defaults = new ArrayList<Output<?>>();
        columns.forEach(column -> defaults.add(RecordPipeline.defaultOf(nodes, column)));
        var none = nodes.call("Fill", nodes.vector(0), nodes.constant(""));
        var values = nodes.op("ParseExampleV2")
            .in(serialized, none, none, nodes.vector(columns.stream().map(Column::name).toArray(String[]::new)), none)
            .list(defaults.toArray(Output<?>[]::new))
            .attr("Tdense", columns.stream().map(column -> DataTypes.of(column.kind())).toArray(DataType[]::new))
            .attr("num_sparse", 0L).attr("sparse_types", new DataType[0])
            .attr("ragged_value_types", new DataType[0]).attr("ragged_split_types", new DataType[0])
            .attr("dense_shapes", columns.stream().map(column -> Shape.of(column.width())).toArray(Shape[]::new)).outs();
        var parsed = new LinkedHashMap<String, Output<?>>();
        for (int i = 0; i < values.length; i++) {
            parsed.put(columns.get(i).name(), values[i]);
        }
        return parsed;
    }

    /** @param outputs of the network that was fed from {@link #parsed()} */
    Signature signature(Map<String, Output<?>> outputs) {
        var builder = Signature.builder(KEY).input(INPUT, serialized);
        switch (plan.head()) {
            case Head.Binary binary -> {
                var yes = nodes.expand(outputs.get("probability"), 1);
                var no = nodes.call("Sub", nodes.constant(1f), yes);
                classify(builder, nodes.concat(List.of(no, yes), 1));
            }
            case Head.Multiclass multiclass -> classify(builder, outputs.get("probabilities"));
            case Head.Regression regression -> regress(builder, outputs);
            case Head.Quantile quantile -> regress(builder, outputs);
            case Head.Multilabel multilabel -> {
                builder.methodName(ModelExporter.PREDICT_METHOD);
                outputs.forEach(builder::output);
            }
        }
        return builder.build();
    }

    private void classify(Signature.Builder builder, Output<?> scores) {
        var classes = ((FrozenTarget.Classes) plan.target()).classes();
        var row = nodes.reshape(nodes.vector(classes.toArray(String[]::new)), 1, classes.size());
        var times = nodes.concat(List.of(nodes.expand(nodes.rowCount(scores), 0), nodes.vector(1)), 0);
        builder.methodName(CLASSIFY).output("classes", nodes.call("Tile", row, times)).output("scores", scores);
    }

    private static void regress(Signature.Builder builder, Map<String, Output<?>> outputs) {
        builder.methodName(REGRESS).output("outputs", outputs.get("prediction"));
    }
}

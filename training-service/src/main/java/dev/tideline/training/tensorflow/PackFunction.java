package dev.tideline.training.tensorflow;

import static dev.tideline.training.tensorflow.FunctionNodes.arg;
import static dev.tideline.training.tensorflow.FunctionNodes.axis;

import dev.tideline.training.input.Column;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * The function (parsed columns) -> (one tensor per type), and the way back. Rows are kept and shuffled in this form, because each tensor
 * of a row costs as much as a small record.
 */
final class PackFunction {

    static final String NAME = "tideline_pack_columns";

    private final List<Column> columns;
    private final Map<DataType, List<Column>> byType = new TreeMap<>();

    /** @param columns in the order in which they are parsed */
    PackFunction(List<Column> columns) {
        this.columns = columns;
        columns.forEach(column -> byType.computeIfAbsent(DataTypes.of(column.kind()), type -> new ArrayList<>()).add(column));
    }

    /** What the packed rows are made of. */
    Rows rows() {
        return new Rows(byType.keySet().toArray(DataType[]::new),
            byType.values().stream().map(same -> Shape.of(same.stream().mapToLong(Column::width).sum())).toArray(Shape[]::new));
    }

    GraphDef library() {
        var signature = OpDef.newBuilder().setName(NAME);
        var names = new HashMap<Column, String>();
        for (int i = 0; i < columns.size(); i++) {
            names.put(columns.get(i), "column_" + i);
            signature.addInputArg(arg("column_" + i, DataTypes.of(columns.get(i).kind())));
        }
        var function = FunctionDef.newBuilder().addNodeDef(axis("axis", 1));
        int index = 0;
        for (var entry : byType.entrySet()) {
            signature.addOutputArg(arg("packed_" + index, entry.getKey()));
            var same = entry.getValue();
            var type = FunctionNodes.type(entry.getKey());
            var node = NodeDef.newBuilder().setName("pack_" + index).putAttr("T", type);
            same.forEach(column -> node.addInput(names.get(column)));
            if (same.size() == 1) {
                node.setOp("Identity");
            } else {
                node.setOp("ConcatV2").addInput("axis:output:0").putAttr("N", AttrValue.newBuilder().setI(same.size()).build())
                    .putAttr("Tidx", FunctionNodes.type(DataType.DT_INT32));
            }
            function.addNodeDef(node).putRet("packed_" + index, "pack_" + index + ":output:0");
            index++;
        }
        return FunctionNodes.library(function.setSignature(signature));
    }

    /** @param packed a tensor per type, {@code [rows, widths]}; gives {@code [rows, width]} by column name */
    Map<String, Output<?>> unpack(Nodes nodes, List<Output<?>> packed) {
        var found = new HashMap<String, Output<?>>();
        int index = 0;
        for (var same : byType.values()) {
            var whole = packed.get(index++);
            var widths = same.stream().mapToInt(Column::width).toArray();
            var parts = same.size() == 1 ? new Output<?>[] {whole}
                : nodes.op("SplitV").in(whole, nodes.vector(widths), nodes.constant(1)).attr("num_split", widths.length).outs();
            for (int i = 0; i < parts.length; i++) {
                found.put(same.get(i).name(), parts[i]);
            }
        }
        var ordered = new LinkedHashMap<String, Output<?>>();
        columns.forEach(column -> ordered.put(column.name(), found.get(column.name())));
        return ordered;
    }
}

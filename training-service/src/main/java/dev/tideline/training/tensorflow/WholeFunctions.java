package dev.tideline.training.tensorflow;

import static dev.tideline.training.tensorflow.FunctionNodes.arg;
import static dev.tideline.training.tensorflow.FunctionNodes.axis;
import static dev.tideline.training.tensorflow.FunctionNodes.dataset;
import static dev.tideline.training.tensorflow.FunctionNodes.number;
import static dev.tideline.training.tensorflow.FunctionNodes.op;
import static dev.tideline.training.tensorflow.FunctionNodes.type;
import static dev.tideline.training.tensorflow.FunctionNodes.types;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * Passes over rows that lie in memory as one tensor per type: a batch is gathered by its indices, which come from a permutation that can
 * be computed at any place ({@code RandomIndexShuffle}). So a row costs a copy and no dataset steps of its own, all rows are shuffled
 * however many there are, and a pass can be entered anywhere at once.
 *
 * <p>{@code pass(seed, skip, whole)} maps {@code batches(tensors.., seed, skip)} over the one element of {@code whole}, which maps
 * {@code gather(index, tensors.., seed)} over the numbers of the batches.
 */
final class WholeFunctions {

    private static final Rows INDEX = new Rows(new DataType[] {DataType.DT_INT64}, new Shape[] {Shape.scalar()});
    private static final String GATHER = "tideline_gather_";
    private static final String BATCHES = "tideline_batches_";
    private static final String PASS = "tideline_whole_pass_";

    private final Rows rows;
    private final int batchSize;
    private final boolean shuffled;
    private final String suffix;

    WholeFunctions(Rows rows, int batchSize, boolean shuffled) {
        this.rows = rows;
        this.batchSize = batchSize;
        this.shuffled = shuffled;
        this.suffix = batchSize + (shuffled ? "_shuffled" : "_ordered");
    }

    /** Of the function that is mapped over the passes. */
    String name() {
        return PASS + suffix;
    }

    List<GraphDef> libraries() {
        return List.of(FunctionNodes.library(gather()), FunctionNodes.library(batches()), FunctionNodes.library(pass()));
    }

    private FunctionDef.Builder pass() {
        return FunctionDef.newBuilder()
            .setSignature(OpDef.newBuilder().setName(name()).addInputArg(arg("seed", DataType.DT_INT64))
                .addInputArg(arg("skip", DataType.DT_INT64)).addInputArg(arg("whole", DataType.DT_VARIANT))
                .addOutputArg(arg("found", DataType.DT_VARIANT)))
            .addNodeDef(mapped("mapped", "FlatMapDataset", BATCHES, "whole", List.of("seed", "skip"),
                List.of(DataType.DT_INT64, DataType.DT_INT64)))
            .putRet("found", "mapped:handle:0");
    }

    private FunctionDef.Builder batches() {
        var signature = tensors(OpDef.newBuilder().setName(BATCHES + suffix)).addInputArg(arg("seed", DataType.DT_INT64))
            .addInputArg(arg("skip", DataType.DT_INT64)).addOutputArg(arg("found", DataType.DT_VARIANT));
        var captured = new ArrayList<>(names());
        captured.add("seed");
        var types = new ArrayList<>(List.of(rows.types()));
        types.add(DataType.DT_INT64);
        var function = FunctionDef.newBuilder().setSignature(signature).addNodeDef(number("one", 1))
            .addNodeDef(number("size", batchSize)).addNodeDef(number("more", batchSize - 1L));
        count(function);
        return function.addNodeDef(integer("padded", "AddV2", "count:output:0", "more:output:0"))
            .addNodeDef(integer("number", "FloorDiv", "padded:z:0", "size:output:0"))
            .addNodeDef(dataset("numbers", "RangeDataset", INDEX, false)
                .addInput("skip").addInput("number:z:0").addInput("one:output:0"))
            .addNodeDef(mapped("gathered", "MapDataset", GATHER, "numbers:handle:0", captured, types))
            .putRet("found", "gathered:handle:0");
    }

    private FunctionDef.Builder gather() {
        var signature = tensors(OpDef.newBuilder().setName(GATHER + suffix).addInputArg(arg("number", DataType.DT_INT64)))
            .addInputArg(arg("seed", DataType.DT_INT64));
        var function = FunctionDef.newBuilder().addNodeDef(number("one", 1)).addNodeDef(number("size", batchSize));
        count(function);
        function.addNodeDef(integer("from", "Mul", "number", "size:output:0"))
            .addNodeDef(integer("end", "AddV2", "from:z:0", "size:output:0"))
            .addNodeDef(integer("to", "Minimum", "end:z:0", "count:output:0"))
            .addNodeDef(op("range", "Range", "from:z:0", "to:z:0", "one:output:0").putAttr("Tidx", type(DataType.DT_INT64)));
        var indices = "range:output:0";
        if (shuffled) {
            shuffle(function);
            indices = "permuted:output:0";
        }
        for (int i = 0; i < rows.types().length; i++) {
            signature.addOutputArg(arg("rows_" + i, rows.types()[i]));
            function.addNodeDef(op("gathered_" + i, "GatherV2", names().get(i), indices, "zero:output:0")
                    .putAttr("Tparams", type(rows.types()[i])).putAttr("Tindices", type(DataType.DT_INT64))
                    .putAttr("Taxis", type(DataType.DT_INT32)))
                .putRet("rows_" + i, "gathered_" + i + ":output:0");
        }
        return function.setSignature(signature);
    }

    /** The kernel takes three seeds of 32 bits. */
    private static void shuffle(FunctionDef.Builder function) {
        function.addNodeDef(number("word", 1L << 32)).addNodeDef(number("nothing", 0))
            .addNodeDef(integer("upper", "FloorDiv", "seed", "word:output:0"))
            .addNodeDef(op("seeds", "Pack", "seed", "upper:z:0", "nothing:output:0").putAttr("T", type(DataType.DT_INT64))
                .putAttr("N", AttrValue.newBuilder().setI(3).build()).putAttr("axis", AttrValue.newBuilder().setI(0).build()))
            .addNodeDef(integer("last", "Sub", "count:output:0", "one:output:0"))
            .addNodeDef(op("permuted", "RandomIndexShuffle", "range:output:0", "seeds:output:0", "last:z:0")
                .putAttr("dtype", type(DataType.DT_INT64)).putAttr("Tseed", type(DataType.DT_INT64))
                .putAttr("rounds", AttrValue.newBuilder().setI(4).build()));
    }

    /** Nodes {@code zero} and {@code count}: how many rows there are. */
    private void count(FunctionDef.Builder function) {
        function.addNodeDef(axis("zero", 0))
            .addNodeDef(op("shape", "Shape", names().getFirst()).putAttr("T", type(rows.types()[0])).putAttr("out_type", type(DataType.DT_INT64)))
            .addNodeDef(op("count", "GatherV2", "shape:output:0", "zero:output:0", "zero:output:0")
                .putAttr("Tparams", type(DataType.DT_INT64)).putAttr("Tindices", type(DataType.DT_INT32))
                .putAttr("Taxis", type(DataType.DT_INT32)));
    }

    private NodeDef.Builder mapped(String name, String op, String function, String input, List<String> captured, List<DataType> types) {
        var node = dataset(name, op, rows, true).addInput(input).putAttr("f", FunctionNodes.reference(function + suffix))
            .putAttr("Targuments", types(types));
        captured.forEach(node::addInput);
        return node;
    }

    private OpDef.Builder tensors(OpDef.Builder signature) {
        for (int i = 0; i < rows.types().length; i++) {
            signature.addInputArg(arg(names().get(i), rows.types()[i]));
        }
        return signature;
    }

    private List<String> names() {
        var names = new ArrayList<String>();
        for (int i = 0; i < rows.types().length; i++) {
            names.add("tensor_" + i);
        }
        return Collections.unmodifiableList(names);
    }

    private static NodeDef.Builder integer(String name, String op, String one, String other) {
        return op(name, op, one, other).putAttr("T", type(DataType.DT_INT64));
    }
}

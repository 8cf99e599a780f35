package dev.tideline.training.tensorflow;

import static dev.tideline.training.tensorflow.FunctionNodes.arg;
import static dev.tideline.training.tensorflow.FunctionNodes.dataset;
import static dev.tideline.training.tensorflow.FunctionNodes.falsity;
import static dev.tideline.training.tensorflow.FunctionNodes.number;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.OpDef;

/**
 * The function (seed, skip, rows) -> dataset of batches that is mapped over the passes. The rows come from outside, so that what caches
 * them lives as long as all passes.
 */
final class PassFunction {

    private final String name;
    private final Rows rows;
    private final int batchSize;
    private final int shuffleBuffer;

    /** @param shuffleBuffer 0 keeps the order */
    PassFunction(Rows rows, int batchSize, int shuffleBuffer) {
        this.rows = rows;
        this.batchSize = batchSize;
        this.shuffleBuffer = shuffleBuffer;
        this.name = "tideline_pass_" + batchSize + "_" + shuffleBuffer;
    }

    String name() {
        return name;
    }

    GraphDef library() {
        var function = FunctionDef.newBuilder()
            .setSignature(OpDef.newBuilder().setName(name)
                .addInputArg(arg("seed", DataType.DT_INT64))
                .addInputArg(arg("skip", DataType.DT_INT64))
                .addInputArg(arg("rows", DataType.DT_VARIANT))
                .addOutputArg(arg("batches", DataType.DT_VARIANT)))
            .addNodeDef(number("size", batchSize))
            .addNodeDef(falsity("drop"));
        var ordered = "rows";
        if (shuffleBuffer > 0) {
            function.addNodeDef(number("buffer", shuffleBuffer)).addNodeDef(number("second_seed", 0))
                .addNodeDef(dataset("shuffled", "ShuffleDataset", rows, false)
                    .addInput("rows").addInput("buffer:output:0").addInput("seed").addInput("second_seed:output:0")
                    .putAttr("reshuffle_each_iteration", AttrValue.newBuilder().setB(false).build()));
            ordered = "shuffled:handle:0";
        }
        function.addNodeDef(dataset("batched", "BatchDatasetV2", rows, true)
                .addInput(ordered).addInput("size:output:0").addInput("drop:output:0"))
            .addNodeDef(dataset("rest", "SkipDataset", rows, true).addInput("batched:handle:0").addInput("skip"))
            .putRet("batches", "rest:handle:0");
        return FunctionNodes.library(function);
    }
}

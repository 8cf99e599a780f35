package dev.tideline.training.tensorflow;

import static dev.tideline.training.tensorflow.FunctionNodes.arg;
import static dev.tideline.training.tensorflow.FunctionNodes.falsity;
import static dev.tideline.training.tensorflow.FunctionNodes.number;
import static dev.tideline.training.tensorflow.FunctionNodes.records;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.OpDef;

/**
 * The function (seed, skip, records) -> dataset of batches that is mapped over the passes. The records come from outside, so that what
 * caches them lives as long as all passes.
 */
final class PassFunction {

    private final String name;
    private final int batchSize;
    private final int shuffleBuffer;

    /** @param shuffleBuffer 0 keeps the order */
    PassFunction(int batchSize, int shuffleBuffer) {
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
                .addInputArg(arg("records", DataType.DT_VARIANT))
                .addOutputArg(arg("batches", DataType.DT_VARIANT)))
            .addNodeDef(number("size", batchSize))
            .addNodeDef(falsity("drop"));
        var ordered = "records";
        if (shuffleBuffer > 0) {
            function.addNodeDef(number("buffer", shuffleBuffer)).addNodeDef(number("second_seed", 0))
                .addNodeDef(records("shuffled", "ShuffleDataset", false)
                    .addInput("records").addInput("buffer:output:0").addInput("seed").addInput("second_seed:output:0")
                    .putAttr("reshuffle_each_iteration", AttrValue.newBuilder().setB(false).build()));
            ordered = "shuffled:handle:0";
        }
        function.addNodeDef(records("batched", "BatchDatasetV2", true)
                .addInput(ordered).addInput("size:output:0").addInput("drop:output:0"))
            .addNodeDef(records("rest", "SkipDataset", true).addInput("batched:handle:0").addInput("skip"))
            .putRet("batches", "rest:handle:0");
        return FunctionNodes.library(function);
    }
}

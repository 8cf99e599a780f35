package dev.tideline.training.tensorflow;

import static dev.tideline.training.tensorflow.FunctionNodes.arg;
import static dev.tideline.training.tensorflow.FunctionNodes.dataset;
import static dev.tideline.training.tensorflow.FunctionNodes.falsity;
import static dev.tideline.training.tensorflow.FunctionNodes.number;
import static dev.tideline.training.tensorflow.FunctionNodes.text;

import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** The function (path, skip, take) -> dataset of blocks of records that interleaving maps over the slices. */
final class SliceFunction {

    static final String NAME = "tideline_slice_records";
    private static final long READ_BUFFER_BYTES = 1 << 20;

    private SliceFunction() {}

    /** @param block records that are handed on at a time; the last block of a slice may be smaller */
    static GraphDef library(long block) {
        return FunctionNodes.library(FunctionDef.newBuilder()
            .setSignature(OpDef.newBuilder().setName(NAME)
                .addInputArg(arg("path", DataType.DT_STRING))
                .addInputArg(arg("skip", DataType.DT_INT64))
                .addInputArg(arg("take", DataType.DT_INT64))
                .addOutputArg(arg("records", DataType.DT_VARIANT)))
            .addNodeDef(text("compression", ""))
            .addNodeDef(number("buffer", READ_BUFFER_BYTES))
            .addNodeDef(number("block", block))
            .addNodeDef(falsity("drop"))
            // Not TFRecordDatasetV2: its serialisation drops an input, so that MakeIterator refuses it.
            .addNodeDef(NodeDef.newBuilder().setName("file").setOp("TFRecordDataset")
                .addInput("path").addInput("compression:output:0").addInput("buffer:output:0"))
            .addNodeDef(dataset("skipped", "SkipDataset", Rows.RECORDS, false).addInput("file:handle:0").addInput("skip"))
            .addNodeDef(dataset("taken", "TakeDataset", Rows.RECORDS, false).addInput("skipped:handle:0").addInput("take"))
            .addNodeDef(dataset("blocks", "BatchDatasetV2", Rows.RECORDS, true)
                .addInput("taken:handle:0").addInput("block:output:0").addInput("drop:output:0"))
            .putRet("records", "blocks:handle:0"));
    }
}

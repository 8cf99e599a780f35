package dev.tideline.training.tensorflow;

import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NameAttrList;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The function (path, skip, take) -> dataset that interleaving maps over the slices. It is written as a FunctionDef because
 * TensorFlow Java's ConcreteFunction cannot return a dataset.
 */
final class SliceFunction {

    static final String NAME = "tideline_slice_records";
    private static final long READ_BUFFER_BYTES = 1 << 20;

    private SliceFunction() {}

    /** A graph that holds nothing but the function; import it once. */
    static GraphDef library() {
        var function = FunctionDef.newBuilder()
            .setSignature(OpDef.newBuilder().setName(NAME)
                .addInputArg(arg("path", DataType.DT_STRING))
                .addInputArg(arg("skip", DataType.DT_INT64))
                .addInputArg(arg("take", DataType.DT_INT64))
                .addOutputArg(arg("records", DataType.DT_VARIANT)))
            .addNodeDef(constant("compression", TensorProto.newBuilder().setDtype(DataType.DT_STRING)
                .setTensorShape(TensorShapeProto.getDefaultInstance()).addStringVal(com.google.protobuf.ByteString.EMPTY)))
            .addNodeDef(constant("buffer", TensorProto.newBuilder().setDtype(DataType.DT_INT64)
                .setTensorShape(TensorShapeProto.getDefaultInstance()).addInt64Val(READ_BUFFER_BYTES)))
            // Not TFRecordDatasetV2: its serialisation drops an input, so that MakeIterator refuses it.
            .addNodeDef(NodeDef.newBuilder().setName("file").setOp("TFRecordDataset")
                .addInput("path").addInput("compression:output:0").addInput("buffer:output:0"))
            .addNodeDef(dataset("skipped", "SkipDataset").addInput("file:handle:0").addInput("skip"))
            .addNodeDef(dataset("taken", "TakeDataset").addInput("skipped:handle:0").addInput("take"))
            .putRet("records", "taken:handle:0");
        return GraphDef.newBuilder().setLibrary(FunctionDefLibrary.newBuilder().addFunction(function)).build();
    }

    static AttrValue reference() {
        return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(NAME)).build();
    }

    private static OpDef.ArgDef.Builder arg(String name, DataType type) {
        return OpDef.ArgDef.newBuilder().setName(name).setType(type);
    }

    private static NodeDef.Builder constant(String name, TensorProto.Builder value) {
        return NodeDef.newBuilder().setName(name).setOp("Const")
            .putAttr("dtype", AttrValue.newBuilder().setType(value.getDtype()).build())
            .putAttr("value", AttrValue.newBuilder().setTensor(value).build());
    }

    private static NodeDef.Builder dataset(String name, String op) {
        return NodeDef.newBuilder().setName(name).setOp(op)
            .putAttr("output_types", AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder().addType(DataType.DT_STRING)).build())
            .putAttr("output_shapes", AttrValue.newBuilder()
                .setList(AttrValue.ListValue.newBuilder().addShape(TensorShapeProto.getDefaultInstance())).build());
    }
}

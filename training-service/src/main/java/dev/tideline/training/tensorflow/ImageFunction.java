package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FrozenInput.Frozen;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
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
 * Decodes and resizes a batch of pictures. TensorFlow decodes one picture at a time, so a function for one is mapped over the batch by
 * {@code MapDefun}, which works in a served graph as it does in training.
 */
final class ImageFunction {

    private ImageFunction() {}

    /** @param encoded string {@code [rows]}; gives float32 {@code [rows, height, width, channels]} */
    static Output<?> decode(Nodes nodes, Frozen.Image image, Output<?> encoded) {
        var name = "tideline_image_" + image.height() + "_" + image.width() + "_" + image.channels() + "_" + image.resize();
        nodes.graph().importGraphDef(library(name, image));
        var pixels = nodes.op("MapDefun").list(encoded).list()
            .attr("Targuments", new DataType[] {DataType.DT_STRING}).attr("Tcaptured", new DataType[0])
            .attr("output_types", new DataType[] {DataType.DT_FLOAT})
            .attr("output_shapes", new Shape[] {Shape.of(image.height(), image.width(), image.channels())})
            .attr("f", AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build()).out();
        var scaled = nodes.call("Mul", pixels, nodes.constant((float) ((image.max() - image.min()) / 255)));
        return nodes.call("AddV2", scaled, nodes.constant((float) image.min()));
    }

    private static GraphDef library(String name, Frozen.Image image) {
        var function = FunctionDef.newBuilder()
            .setSignature(OpDef.newBuilder().setName(name)
                .addInputArg(OpDef.ArgDef.newBuilder().setName("encoded").setType(DataType.DT_STRING))
                .addOutputArg(OpDef.ArgDef.newBuilder().setName("pixels").setType(DataType.DT_FLOAT)))
            .addNodeDef(NodeDef.newBuilder().setName("decoded").setOp("DecodeImage").addInput("encoded")
                .putAttr("channels", number(image.channels())).putAttr("dtype", type(DataType.DT_UINT8))
                .putAttr("expand_animations", AttrValue.newBuilder().setB(false).build()))
            .addNodeDef(integers("axis", TensorShapeProto.getDefaultInstance(), 0))
            .addNodeDef(integers("size", TensorShapeProto.newBuilder().addDim(TensorShapeProto.Dim.newBuilder().setSize(2)).build(),
                image.height(), image.width()))
            .addNodeDef(NodeDef.newBuilder().setName("batch").setOp("ExpandDims").addInput("decoded:image:0").addInput("axis:output:0")
                .putAttr("T", type(DataType.DT_UINT8)).putAttr("Tdim", type(DataType.DT_INT32)))
            .addNodeDef(resized(image))
            .addNodeDef(NodeDef.newBuilder().setName("floats").setOp("Cast").addInput("resized:resized_images:0")
                .putAttr("SrcT", type(resizedType(image))).putAttr("DstT", type(DataType.DT_FLOAT)))
            .addNodeDef(NodeDef.newBuilder().setName("picture").setOp("Squeeze").addInput("floats:y:0")
                .putAttr("T", type(DataType.DT_FLOAT))
                .putAttr("squeeze_dims", AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addI(0)).build()))
            .putRet("pixels", "picture:output:0");
        return GraphDef.newBuilder().setLibrary(FunctionDefLibrary.newBuilder().addFunction(function)).build();
    }

    private static NodeDef.Builder resized(Frozen.Image image) {
        var op = switch (image.resize()) {
            case BILINEAR -> "ResizeBilinear";
            case NEAREST -> "ResizeNearestNeighbor";
        };
        return NodeDef.newBuilder().setName("resized").setOp(op).addInput("batch:output:0").addInput("size:output:0")
            .putAttr("T", type(DataType.DT_UINT8))
            .putAttr("align_corners", AttrValue.newBuilder().setB(false).build())
            .putAttr("half_pixel_centers", AttrValue.newBuilder().setB(true).build());
    }

    /** Interpolation makes floats, the choice of a neighbour keeps bytes. */
    private static DataType resizedType(Frozen.Image image) {
        return switch (image.resize()) {
            case BILINEAR -> DataType.DT_FLOAT;
            case NEAREST -> DataType.DT_UINT8;
        };
    }

    private static NodeDef.Builder integers(String name, TensorShapeProto shape, int... values) {
        var tensor = TensorProto.newBuilder().setDtype(DataType.DT_INT32).setTensorShape(shape);
        for (int value : values) {
            tensor.addIntVal(value);
        }
        return NodeDef.newBuilder().setName(name).setOp("Const").putAttr("dtype", type(DataType.DT_INT32))
            .putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
    }

    private static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    private static AttrValue number(long value) {
        return AttrValue.newBuilder().setI(value).build();
    }
}

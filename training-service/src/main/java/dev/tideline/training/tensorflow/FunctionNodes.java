package dev.tideline.training.tensorflow;

import com.google.protobuf.ByteString;
import java.util.List;
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
 * Pieces of functions that dataset operations call. They are written as FunctionDefs because TensorFlow Java's ConcreteFunction cannot
 * return a dataset.
 */
final class FunctionNodes {

    private FunctionNodes() {}

    /** A graph that holds nothing but the function; import it before the operation that refers to it. */
    static GraphDef library(FunctionDef.Builder function) {
        return GraphDef.newBuilder().setLibrary(FunctionDefLibrary.newBuilder().addFunction(function)).build();
    }

    static AttrValue reference(String name) {
        return AttrValue.newBuilder().setFunc(NameAttrList.newBuilder().setName(name)).build();
    }

    static OpDef.ArgDef.Builder arg(String name, DataType type) {
        return OpDef.ArgDef.newBuilder().setName(name).setType(type);
    }

    static NodeDef.Builder op(String name, String op, String... inputs) {
        return NodeDef.newBuilder().setName(name).setOp(op).addAllInput(List.of(inputs));
    }

    static AttrValue type(DataType type) {
        return AttrValue.newBuilder().setType(type).build();
    }

    static AttrValue types(List<DataType> types) {
        return AttrValue.newBuilder().setList(AttrValue.ListValue.newBuilder().addAllType(types)).build();
    }

    static NodeDef.Builder number(String name, long value) {
        return constant(name, TensorProto.newBuilder().setDtype(DataType.DT_INT64).addInt64Val(value));
    }

    static NodeDef.Builder text(String name, String value) {
        return constant(name, TensorProto.newBuilder().setDtype(DataType.DT_STRING).addStringVal(ByteString.copyFromUtf8(value)));
    }

    static NodeDef.Builder falsity(String name) {
        return constant(name, TensorProto.newBuilder().setDtype(DataType.DT_BOOL).addBoolVal(false));
    }

    private static NodeDef.Builder constant(String name, TensorProto.Builder value) {
        value.setTensorShape(TensorShapeProto.getDefaultInstance());
        return NodeDef.newBuilder().setName(name).setOp("Const")
            .putAttr("dtype", AttrValue.newBuilder().setType(value.getDtype()).build())
            .putAttr("value", AttrValue.newBuilder().setTensor(value).build());
    }

    /** An integer scalar of 32 bits, as axes are. */
    static NodeDef.Builder axis(String name, int value) {
        return constant(name, TensorProto.newBuilder().setDtype(DataType.DT_INT32).addIntVal(value));
    }

    /** An operation that gives a dataset of {@code rows}, {@code batched} or one at a time. */
    static NodeDef.Builder dataset(String name, String op, Rows rows, boolean batched) {
        var types = AttrValue.ListValue.newBuilder();
        var shapes = AttrValue.ListValue.newBuilder();
        for (int i = 0; i < rows.types().length; i++) {
            types.addType(rows.types()[i]);
            var shape = TensorShapeProto.newBuilder();
            for (long size : (batched ? rows.batches()[i] : rows.shapes()[i]).asArray()) {
                shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
            }
            shapes.addShape(shape);
        }
        return NodeDef.newBuilder().setName(name).setOp(op)
            .putAttr("output_types", AttrValue.newBuilder().setList(types).build())
            .putAttr("output_shapes", AttrValue.newBuilder().setList(shapes).build());
    }
}

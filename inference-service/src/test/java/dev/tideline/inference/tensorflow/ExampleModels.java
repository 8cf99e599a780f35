package dev.tideline.inference.tensorflow;

import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Writes the classic model of TensorFlow Serving's tests: y = x / 2 + 2, by floats (serving_default) and by serialised examples with
 * feature x (regress_x_to_y, classify_x_to_y).
 */
public final class ExampleModels {

    private ExampleModels() {}

    public static Path write(Path folder) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
            Operand<TString> examples = tf.withName("tf_example").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Operand<TString> none = tf.slice(tf.array("none"), tf.array(0), tf.array(0));
            ParseExample parsed = tf.io.parseExample(
                    examples, none, none, tf.array("x"),
                    none, List.of(tf.constant(new float[0])), 0L, List.of(), List.of(), List.of(),
                    List.of(Shape.of(1)));
            @SuppressWarnings("unchecked")
            Operand<TFloat32> parsedX = (Operand<TFloat32>) parsed.denseValues().getFirst();
            Operand<TFloat32> fromExamples = tf.withName("scores").math.add(tf.math.mul(parsedX, tf.constant(0.5f)), tf.constant(2f));
            Operand<TFloat32> y = tf.withName("y").math.add(tf.math.mul(x, tf.constant(0.5f)), tf.constant(2f));
            return SavedModels.save(folder, MetaGraphDef.newBuilder()
                    .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                    .setGraphDef(graph.toGraphDef())
                    .putSignatureDef("serving_default", SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
                            .putInputs("x", SavedModels.info(x)).putOutputs("y", SavedModels.info(y)).build())
                    .putSignatureDef("regress_x_to_y", SignatureDef.newBuilder().setMethodName("tensorflow/serving/regress")
                            .putInputs("inputs", SavedModels.info(examples)).putOutputs("outputs", SavedModels.info(fromExamples)).build())
                    .putSignatureDef("classify_x_to_y", SignatureDef.newBuilder().setMethodName("tensorflow/serving/classify")
                            .putInputs("inputs", SavedModels.info(examples)).putOutputs("scores", SavedModels.info(fromExamples)).build())
                    .build());
        }
    }

    /** The same with the five signatures, the names and the shapes of {@code saved_model_half_plus_two}: y = x / 2 + 2, y2 = x / 2 + 3, y3 = x2 / 2 + 3. */
    public static Path writeFive(Path folder) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TString> examples = tf.withName("tf_example").placeholder(TString.class, Placeholder.shape(Shape.unknown()));
            Operand<TString> none = tf.slice(tf.array("none"), tf.array(0), tf.array(0));
            ParseExample parsed = tf.io.parseExample(examples, none, none, tf.array("x", "x2"), none,
                    List.of(tf.constant(new float[0]), tf.constant(new float[] {0})), 0L, List.of(), List.of(), List.of(),
                    List.of(Shape.of(1), Shape.of(1)));
            @SuppressWarnings("unchecked")
            Operand<TFloat32> x = tf.withName("x").identity((Operand<TFloat32>) parsed.denseValues().get(0));
            @SuppressWarnings("unchecked")
            Operand<TFloat32> x2 = tf.withName("x2").identity((Operand<TFloat32>) parsed.denseValues().get(1));
            tf.withName("y").math.add(tf.math.mul(x, tf.constant(0.5f)), tf.constant(2f));
            tf.withName("y2").math.add(tf.math.mul(x, tf.constant(0.5f)), tf.constant(3f));
            tf.withName("y3").math.add(tf.math.mul(x2, tf.constant(0.5f)), tf.constant(3f));
            TensorInfo example = TensorInfo.newBuilder().setName("tf_example:0").setDtype(DataType.DT_STRING)
                    .setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true)).build();
            return SavedModels.save(folder, MetaGraphDef.newBuilder()
                    .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                    .setGraphDef(graph.toGraphDef())
                    .putSignatureDef("serving_default", signature("predict", "x", column("x"), "y", column("y")))
                    .putSignatureDef("regress_x_to_y", signature("regress", "inputs", example, "outputs", column("y")))
                    .putSignatureDef("regress_x_to_y2", signature("regress", "inputs", example, "outputs", column("y2")))
                    .putSignatureDef("regress_x2_to_y3", signature("regress", "inputs", column("x2"), "outputs", column("y3")))
                    .putSignatureDef("classify_x_to_y", signature("classify", "inputs", example, "scores", column("y")))
                    .build());
        }
    }

    private static SignatureDef signature(String method, String in, TensorInfo input, String out, TensorInfo output) {
        return SignatureDef.newBuilder().setMethodName("tensorflow/serving/" + method).putInputs(in, input).putOutputs(out, output).build();
    }

    private static TensorInfo column(String node) {
        return TensorInfo.newBuilder().setName(node + ":0").setDtype(DataType.DT_FLOAT).setTensorShape(TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(-1)).addDim(TensorShapeProto.Dim.newBuilder().setSize(1))).build();
    }
}

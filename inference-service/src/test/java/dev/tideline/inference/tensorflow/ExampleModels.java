package dev.tideline.inference.tensorflow;

import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.io.ParseExample;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
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
}

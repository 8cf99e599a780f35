package dev.tideline.inference.tensorflow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Writes small SavedModels. {@code serving_default} takes x (float), n (int64) and s (string) of shape [batch] and answers
 * y = x * factor + n, next = n + 1 and echo = s. Signature {@code half} answers y = x / 2 + 2 for x of shape [batch, 1].
 */
public final class SavedModels {

    private SavedModels() {}

    /** @param factor tells versions apart */
    public static Path write(Path folder, float factor) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
            Operand<TInt64> n = tf.withName("n").placeholder(TInt64.class, Placeholder.shape(Shape.of(-1)));
            Operand<TString> s = tf.withName("s").placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Operand<TFloat32> y = tf.withName("y").math.add(
                    tf.math.mul(x, tf.constant(factor)), tf.dtypes.cast(n, TFloat32.class));
            Operand<TInt64> next = tf.withName("next").math.add(n, tf.constant(1L));
            Operand<TString> echo = tf.withName("echo").identity(s);
            Operand<TFloat32> half = tf.withName("half_x")
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1)));
            Operand<TFloat32> halfY = tf.withName("half_y").math.add(tf.math.mul(half, tf.constant(0.5f)), tf.constant(2f));
            SignatureDef main = SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
                    .putInputs("x", info(x)).putInputs("n", info(n)).putInputs("s", info(s))
                    .putOutputs("y", info(y)).putOutputs("next", info(next)).putOutputs("echo", info(echo)).build();
            SignatureDef second = SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
                    .putInputs("x", info(half)).putOutputs("y", info(halfY)).build();
            MetaGraphDef metaGraph = MetaGraphDef.newBuilder()
                    .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                    .setGraphDef(graph.toGraphDef())
                    .putSignatureDef("serving_default", main)
                    .putSignatureDef("half", second)
                    .build();
            return save(folder, metaGraph);
        }
    }

    static Path save(Path folder, MetaGraphDef metaGraph) {
        try {
            Files.createDirectories(folder);
            SavedModel model = SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(metaGraph).build();
            Files.write(folder.resolve("saved_model.pb"), model.toByteArray());
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T extends TType> TensorInfo info(Operand<T> operand) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : operand.asOutput().shape().asArray()) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorInfo.newBuilder()
                .setName(operand.op().name() + ":" + operand.asOutput().index())
                .setDtypeValue(operand.asOutput().dataType().getNumber())
                .setTensorShape(shape)
                .build();
    }
}

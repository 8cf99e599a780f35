package dev.tideline.benchmarks.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.FloatNdArray;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/** Writes a SavedModel of a dense network with constant random weights: x of [rows, features] to y of [rows, 1]. */
final class DenseModel {

    private static final long SEED = 1;

    private DenseModel() {}

    /** @param layers sizes of the hidden layers */
    static void write(Path folder, int features, int... layers) throws IOException {
        Random random = new Random(SEED);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, features)));
            Operand<TFloat32> hidden = x;
            int width = features;
            for (int layer : layers) {
                hidden = tf.nn.relu(tf.math.add(
                        tf.linalg.matMul(hidden, tf.constant(weights(random, width, layer))), tf.constant(new float[layer])));
                width = layer;
            }
            Operand<TFloat32> y = tf.withName("y").math.sigmoid(tf.linalg.matMul(hidden, tf.constant(weights(random, width, 1))));
            SignatureDef signature = SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
                    .putInputs("x", info("x:0", features)).putOutputs("y", info(y.op().name() + ":0", 1)).build();
            MetaGraphDef meta = MetaGraphDef.newBuilder().setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                    .setGraphDef(graph.toGraphDef()).putSignatureDef("serving_default", signature).build();
            Files.createDirectories(folder);
            Files.write(folder.resolve("saved_model.pb"),
                    SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build().toByteArray());
            Files.writeString(folder.resolve("manifest.json"), "{}");
        }
    }

    private static FloatNdArray weights(Random random, int in, int out) {
        FloatNdArray weights = NdArrays.ofFloats(Shape.of(in, out));
        weights.scalars().forEach(weight -> weight.setFloat((float) (random.nextGaussian() / Math.sqrt(in))));
        return weights;
    }

    private static TensorInfo info(String name, int width) {
        return TensorInfo.newBuilder().setName(name).setDtype(DataType.DT_FLOAT).setTensorShape(TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dim.newBuilder().setSize(-1)).addDim(TensorShapeProto.Dim.newBuilder().setSize(width))).build();
    }
}

package dev.tideline.inference.tensorflow;

import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;

/** Writes SavedModels that do harm when they run. Both answer y = x for x of shape [batch]. */
final class UnsafeModels {

    private UnsafeModels() {}

    /** Every run writes a file. */
    static Path writesFile(Path folder, Path target) {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            GraphOperation write = (GraphOperation) graph.baseScope().opBuilder("WriteFile", "write")
                    .addInput(tf.constant(target.toString()).asOutput()).addInput(tf.constant("harm").asOutput()).build();
            return save(folder, graph, write);
        }
    }

    /** Every run ends the process. */
    static Path aborts(Path folder) {
        try (Graph graph = new Graph()) {
            return save(folder, graph, (GraphOperation) graph.baseScope().opBuilder("Abort", "abort").build());
        }
    }

    static Path tagged(Path folder, String... tags) {
        MetaGraphDef.MetaInfoDef.Builder info = MetaGraphDef.MetaInfoDef.newBuilder();
        for (String tag : tags) {
            info.addTags(tag);
        }
        return SavedModels.save(folder, MetaGraphDef.newBuilder().setMetaInfoDef(info).build());
    }

    private static Path save(Path folder, Graph graph, GraphOperation first) {
        Ops tf = Ops.create(graph);
        Operand<TFloat32> x = tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
        Operand<TFloat32> y = tf.withName("y").withControlDependencyOps(first).identity(x);
        return SavedModels.save(folder, MetaGraphDef.newBuilder()
                .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                .setGraphDef(graph.toGraphDef())
                .putSignatureDef("serving_default", SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict")
                        .putInputs("x", SavedModels.info(x)).putOutputs("y", SavedModels.info(y)).build())
                .build());
    }
}

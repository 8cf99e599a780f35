package dev.tideline.training.tensorflow;

import dev.tideline.training.network.NetworkPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * A network for answering: no devices, no optimizer, raw features in. It is a graph of its own because a graph with explicit
 * devices loads only where those devices exist.
 */
public final class ModelExporter implements AutoCloseable {

    static final String PREDICT_METHOD = "tensorflow/serving/predict";
    private static final String TAG = "serve";

    private final Graph graph = new Graph();
    private final Session session;
    private final Signature signature;

    /** @param checkpoint prefix that the training graph saved */
    public ModelExporter(NetworkPlan plan, Path checkpoint) {
        var nodes = Nodes.of(graph);
        var builder = Signature.builder(Signature.DEFAULT_KEY).methodName(PREDICT_METHOD);
        var raw = new HashMap<String, Output<?>>();
        int index = 0;
        for (var column : plan.inputColumns()) {
            var shape = column.scalar() ? Shape.of(Shape.UNKNOWN_SIZE) : Shape.of(Shape.UNKNOWN_SIZE, column.width());
            // Feature names may hold characters that node names may not.
            var input = nodes.placeholder("input_" + index++, DataTypes.of(column.kind()), shape);
            builder.input(column.name(), input);
            raw.put(column.name(), nodes.reshape(input, -1, column.width()));
        }
        var variables = new ServedVariables();
        var network = new Network(nodes, plan, variables, raw, new Mode.Serving());
        network.outputs().forEach(builder::output);
        signature = builder.build();
        SaverNodes.add(nodes, variables.values(), values -> variables.assign(nodes, values));
        session = new Session(graph);
        session.restore(checkpoint.toString());
    }

    /** Writes a SavedModel into {@code folder}. */
    public void export(Path folder) {
        try {
            SavedModelBundle.exporter(folder.toString()).withTags(TAG).withSession(session).withSignature(signature).export();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot write the SavedModel " + folder, e);
        }
    }

    /** Names of the signature's outputs. */
    public Map<String, Signature.TensorDescription> outputs() {
        return signature.getOutputs();
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}

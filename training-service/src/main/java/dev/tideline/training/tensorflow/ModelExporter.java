package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.network.NetworkPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * A network for answering: no devices, no optimizer, raw features in. It is a graph of its own because a graph with explicit
 * devices loads only where those devices exist.
 */
public final class ModelExporter implements AutoCloseable {

    static final String PREDICT_METHOD = "tensorflow/serving/predict";
    private static final String TAG = "serve";

    private final Graph graph = new Graph();
    private final Session session;
    private final List<Signature> signatures;
    private final NetworkPlan plan;
    private final Output<?> serialized;
    private final Map<String, Output<?>> parsed;

    /** @param checkpoint prefix that the training graph saved */
    public ModelExporter(NetworkPlan plan, Path checkpoint) {
        this.plan = plan;
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
        var examples = new ExampleNodes(nodes, plan);
        serialized = examples.serialized();
        parsed = examples.parsed();
        var again = new Network(examples.nodes(), plan, variables, parsed, new Mode.Serving());
        signatures = List.of(builder.build(), examples.signature(again.outputs()));
        SaverNodes.add(nodes, variables.values(), values -> variables.assign(nodes, values));
        session = new Session(graph);
        session.restore(checkpoint.toString());
    }

    /** Writes a SavedModel into {@code folder}. */
    public void export(Path folder) {
        try {
            SavedModelBundle.exporter(folder.toString()).withTags(TAG).withSession(session).withSignatures(signatures.toArray(Signature[]::new))
                .export();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot write the SavedModel " + folder, e);
        }
    }

    /**
     * Loads what {@link #export} wrote as a server would, compares its answers to real examples with this graph's, and leaves the
     * examples as requests to warm up with.
     *
     * @param model    name that the requests carry
     * @param examples serialised, at least one
     * @throws BrokenExportException when the export does not load or answers otherwise
     */
    public void prove(Path folder, String model, List<byte[]> examples) {
        try (var batch = TString.tensorOfBytes(NdArrays.vectorOfObjects(examples.toArray(byte[][]::new)))) {
            var runner = session.runner().feed(serialized, batch);
            for (var column : plan.inputColumns()) {
                runner.fetch(parsed.get(column.name()));
            }
            try (var raw = runner.run(); var shaped = new Shaped()) {
                for (int i = 0; i < plan.inputColumns().size(); i++) {
                    shaped.add(plan.inputColumns().get(i), raw.get(i));
                }
                var requests = Map.of(Signature.DEFAULT_KEY, shaped.tensors, ExampleNodes.KEY, Map.<String, Tensor>of(ExampleNodes.INPUT, batch));
                ExportProof.check(folder, session, signatures, requests);
                WarmUpRequests.write(folder, model, signatures, requests, examples);
            }
        }
    }

    /** Parsed values {@code [batch, width]} in the shapes of the signature. */
    private static final class Shaped implements AutoCloseable {

        private final Map<String, Tensor> tensors = new LinkedHashMap<>();
        private final List<Tensor> own = new ArrayList<>();

        void add(Column column, Tensor parsed) {
            if (!column.scalar()) {
                tensors.put(column.name(), parsed);
                return;
            }
            Tensor vector = switch (parsed) {
                case TFloat32 floats -> TFloat32.tensorOf(floats.slice(Indices.all(), Indices.at(0)));
                case TInt64 longs -> TInt64.tensorOf(longs.slice(Indices.all(), Indices.at(0)));
                case TString strings -> TString.tensorOfBytes(strings.asBytes().slice(Indices.all(), Indices.at(0)));
                default -> throw new IllegalStateException("type: " + parsed.dataType() + " (expected: float, int64 or string)");
            };
            own.add(vector);
            tensors.put(column.name(), vector);
        }

        @Override
        public void close() {
            own.forEach(Tensor::close);
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}

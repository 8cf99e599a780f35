package dev.tideline.training.tensorflow;

import dev.tideline.training.evaluation.Answers;
import dev.tideline.training.evaluation.Judge;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.EarlyStopping;
import dev.tideline.training.network.NetworkPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;

/**
 * Judges checkpoints on records that are not trained on, with the network as it would be served: a graph of its own, so that neither
 * replicas nor workers have to know. Not thread-safe; close it.
 */
public final class HeldOut implements AutoCloseable {

    private static final int BATCH = 1_024;

    private final Graph graph = new Graph();
    private final NetworkPlan plan;
    private final Session session;
    private final RecordPipeline pipeline;
    private final Output<?> loss;
    private final Output<?> answers;
    private final Output<?> label;

    public HeldOut(NetworkPlan plan, List<FileSlice> data) {
        this.plan = plan;
        var nodes = Nodes.of(graph);
        pipeline = new RecordPipeline(nodes, data, plan.columns(), RecordPipeline.Options.once(BATCH));
        var batch = pipeline.features();
        var variables = new ServedVariables();
        var network = new Network(nodes, plan, variables, batch, new Mode.Serving());
        var target = batch.get(plan.target().column().name());
        var losses = network.losses(target);
        if (plan.weight() != null) {
            losses = nodes.call("Mul", losses, nodes.reshape(
                nodes.cast(batch.get(plan.weight().name()), DataType.DT_FLOAT), -1));
        }
        loss = losses;
        answers = network.outputs().get(ModelEvaluator.output(plan.head()));
        label = TargetNodes.number(nodes, plan.target(), target);
        SaverNodes.add(nodes, variables.values(), values -> variables.assign(nodes, values));
        session = new Session(graph);
    }

    /**
     * Metrics of the head by name, and {@code loss}: the mean over the records, as in training but without penalties and dropout.
     *
     * @param checkpoint prefix that the training graph saved
     */
    public Map<String, Double> judge(Path checkpoint) {
        session.restore(checkpoint.toString());
        int width = ModelEvaluator.width(plan.head(), plan.target());
        int labelWidth = plan.target().column().width();
        var gathered = new Answers(width, labelWidth);
        double sum = answers(gathered, width, labelWidth);
        var metrics = new TreeMap<>(Judge.evaluate(plan.head(), gathered).metrics());
        metrics.put(EarlyStopping.LOSS, sum / Math.max(1, gathered.count()));
        return metrics;
    }

    /** Fills {@code gathered} and gives the sum of the losses. */
    double answers(Answers gathered, int width, int labelWidth) {
        pipeline.start(session, new long[1], 0);
        double sum = 0;
        while (true) {
            try (var result = session.runner().fetch(loss).fetch(answers).fetch(label).run()) {
                for (float each : EvaluationData.floats((TFloat32) result.get(0))) {
                    sum += each;
                }
                ModelEvaluator.gather(gathered, EvaluationData.floats((TFloat32) result.get(2)),
                    EvaluationData.floats((TFloat32) result.get(1)), width, labelWidth);
            } catch (TFOutOfRangeException end) {
                return sum;
            } catch (TensorFlowException | TFInvalidArgumentException failure) {
                throw DamagedDataException.orSame(failure);
            }
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}

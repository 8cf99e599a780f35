package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenTarget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TFInvalidArgumentException;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.types.TFloat32;

/** Evaluation records as tensors shaped like a serving request, batch by batch, in the order of the files. */
final class EvaluationData implements AutoCloseable {

    private static final int BATCH = 1_024;

    private final Graph graph = new Graph();
    private final Session session;
    private final Map<String, Output<?>> features = new LinkedHashMap<>();
    private final Map<String, Output<?>> shuffled = new LinkedHashMap<>();
    private final Output<?> label;

    EvaluationData(List<FileSlice> slices, Collection<Column> inputs, FrozenTarget target) {
        this(slices, inputs, target, 0);
    }

    /** @param seed of what {@link #nextShuffled} gives */
    EvaluationData(List<FileSlice> slices, Collection<Column> inputs, FrozenTarget target, long seed) {
        var nodes = Nodes.of(graph);
        var columns = new ArrayList<>(inputs);
        columns.add(target.column());
        var pipeline = new RecordPipeline(nodes, slices, columns, RecordPipeline.Options.once(BATCH));
        for (var column : inputs) {
            var parsed = pipeline.features().get(column.name());
            var shaped = column.scalar() ? nodes.reshape(parsed, -1) : parsed;
            features.put(column.name(), shaped);
            // Costs nothing unless it is fetched. Both seeds being 0 would mean a seed of chance.
            shuffled.put(column.name(), nodes.op("RandomShuffle").in(shaped).attr("seed", seed).attr("seed2", shuffled.size() + 1L).out());
        }
        label = TargetNodes.number(nodes, target, pipeline.features().get(target.column().name()));
        session = new Session(graph);
        pipeline.start(session, new long[1], 0);
    }

    /** Takes one batch; the tensors are gone when it returns. */
    interface Taker {
        void take(Map<String, Tensor> features, float[] labels);
    }

    /** Takes one batch, and each of its features dealt anew among its records. */
    interface ShuffledTaker {
        void take(Map<String, Tensor> features, Map<String, Tensor> shuffled, float[] labels);
    }

    /** Gives the next batch to {@code taker}; false when there is none left. */
    boolean next(Taker taker) {
        var runner = session.runner().fetch(label);
        features.values().forEach(runner::fetch);
        try (var result = run(runner)) {
            if (result == null) {
                return false;
            }
            taker.take(tensors(result, 1), floats((TFloat32) result.get(0)));
            return true;
        }
    }

    /** The same with the features dealt anew. */
    boolean nextShuffled(ShuffledTaker taker) {
        var runner = session.runner().fetch(label);
        features.values().forEach(runner::fetch);
        shuffled.values().forEach(runner::fetch);
        try (var result = run(runner)) {
            if (result == null) {
                return false;
            }
            taker.take(tensors(result, 1), tensors(result, 1 + features.size()), floats((TFloat32) result.get(0)));
            return true;
        }
    }

    private Map<String, Tensor> tensors(Result result, int first) {
        var tensors = new HashMap<String, Tensor>();
        int index = first;
        for (var name : features.keySet()) {
            tensors.put(name, result.get(index++));
        }
        return tensors;
    }

    private static @Nullable Result run(Session.Runner runner) {
        try {
            return runner.run();
        } catch (TFOutOfRangeException end) {
            return null;
        } catch (TensorFlowException | TFInvalidArgumentException failure) {
            throw DamagedDataException.orSame(failure);
        }
    }

    static float[] floats(TFloat32 tensor) {
        var values = new float[(int) tensor.size()];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}

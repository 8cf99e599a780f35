package dev.tideline.inference.batching;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a batch and hands each request its rows. What one request does to the model never fails its neighbours. */
final class BatchRun {

    private final Servable servable;
    private final Signature signature;
    private final BatchingProperties properties;

    BatchRun(Servable servable, Signature signature, BatchingProperties properties) {
        this.servable = servable;
        this.signature = signature;
        this.properties = properties;
    }

    /**
     * What became of a request.
     *
     * @param outputs null when it failed
     */
    record Answer(BatchTask task, @Nullable Map<String, Tensor> outputs, @Nullable Throwable failure) {

        static Answer of(BatchTask task, Map<String, Tensor> outputs) {
            return new Answer(task, outputs, null);
        }

        /** Whoever waits goes on in this thread. */
        void deliver() {
            if (failure == null) {
                task.answer().complete(outputs);
            } else {
                task.answer().completeExceptionally(failure);
            }
        }
    }

    /** In the order of the requests; never fails itself. */
    List<Answer> run(Batch batch) {
        if (batch.tasks().size() == 1) {
            return List.of(runAlone(batch.tasks().getFirst()));
        }
        try {
            int rows = properties.runRows(batch.rows());
            Map<String, Tensor> outputs = servable.run(signature, filledUp(inputs(batch), rows - batch.rows()));
            if (divides(outputs, rows)) {
                return share(outputs, batch.tasks());
            }
        } catch (StatusException e) {
            // Somebody in the batch is at fault, or the model is: alone, each finds out for itself.
        } catch (RuntimeException | Error e) {
            return batch.tasks().stream().map(task -> new Answer(task, null, e)).toList();
        }
        return batch.tasks().stream().map(this::runAlone).toList();
    }

    private List<Map<String, Tensor>> inputs(Batch batch) {
        List<Map<String, Tensor>> inputs = new ArrayList<>(batch.tasks().size());
        for (BatchTask task : batch.tasks()) {
            inputs.add(batch.mixed() ? padded(task.inputs(), batch.rowShapes()) : task.inputs());
        }
        return inputs;
    }

    private Map<String, Tensor> padded(Map<String, Tensor> inputs, Map<String, Shape> rowShapes) {
        Map<String, Tensor> padded = LinkedHashMap.newLinkedHashMap(inputs.size());
        inputs.forEach((alias, tensor) -> padded.put(alias, Rows.pad(tensor, rowShapes.get(alias), properties.padValue())));
        return padded;
    }

    /** With copies of the first row of the last request, which the model is sure to take. */
    private static List<Map<String, Tensor>> filledUp(List<Map<String, Tensor>> requests, int missing) {
        if (missing == 0) {
            return requests;
        }
        Map<String, Tensor> row = Parts.of(requests.getLast(), 1, 1).getFirst();
        List<Map<String, Tensor>> filled = new ArrayList<>(requests);
        for (int i = 0; i < missing; i++) {
            filled.add(row);
        }
        return filled;
    }

    private Answer runAlone(BatchTask task) {
        int rows = task.alone() ? task.rows() : properties.runRows(task.rows());
        try {
            Map<String, Tensor> outputs = servable.run(signature, filledUp(List.of(task.inputs()), rows - task.rows()));
            if (rows == task.rows()) {
                return Answer.of(task, outputs);
            }
            return divides(outputs, rows) ? share(outputs, List.of(task)).getFirst()
                    : Answer.of(task, servable.run(signature, List.of(task.inputs())));
        } catch (RuntimeException | Error e) {
            return new Answer(task, null, e);
        }
    }

    private static boolean divides(Map<String, Tensor> outputs, int rows) {
        for (Tensor output : outputs.values()) {
            if (output.shape().rank() == 0 || output.shape().rows() != rows) {
                return false;
            }
        }
        return true;
    }

    private static List<Answer> share(Map<String, Tensor> outputs, List<BatchTask> tasks) {
        List<Answer> answers = new ArrayList<>(tasks.size());
        int from = 0;
        for (BatchTask task : tasks) {
            Map<String, Tensor> part = LinkedHashMap.newLinkedHashMap(outputs.size());
            for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
                part.put(output.getKey(), output.getValue().rows(from, task.rows()));
            }
            from += task.rows();
            answers.add(Answer.of(task, part));
        }
        return answers;
    }
}

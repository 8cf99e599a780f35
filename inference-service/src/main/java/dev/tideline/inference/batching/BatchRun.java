package dev.tideline.inference.batching;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    void run(Batch batch) {
        if (batch.tasks().size() == 1) {
            runAlone(batch.tasks().getFirst());
            return;
        }
        try {
            int rows = properties.runRows(batch.rows());
            Map<String, Tensor> outputs = servable.run(signature, filledUp(inputs(batch), rows - batch.rows()));
            if (divides(outputs, rows)) {
                share(outputs, batch.tasks());
                return;
            }
        } catch (StatusException e) {
            // Somebody in the batch is at fault, or the model is: alone, each finds out for itself.
        } catch (RuntimeException | Error e) {
            batch.tasks().forEach(task -> task.answer().completeExceptionally(e));
            return;
        }
        batch.tasks().forEach(this::runAlone);
    }

    private List<Map<String, Tensor>> inputs(Batch batch) {
        if (!batch.mixed()) {
            return batch.tasks().stream().map(BatchTask::inputs).toList();
        }
        List<Map<String, Tensor>> padded = new ArrayList<>(batch.tasks().size());
        for (BatchTask task : batch.tasks()) {
            Map<String, Tensor> inputs = LinkedHashMap.newLinkedHashMap(task.inputs().size());
            task.inputs().forEach((alias, tensor) ->
                    inputs.put(alias, Rows.pad(tensor, batch.rowShapes().get(alias), properties.padValue())));
            padded.add(inputs);
        }
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

    private void runAlone(BatchTask task) {
        int rows = task.alone() ? task.rows() : properties.runRows(task.rows());
        try {
            Map<String, Tensor> outputs = servable.run(signature, filledUp(List.of(task.inputs()), rows - task.rows()));
            if (rows == task.rows()) {
                task.answer().complete(outputs);
            } else if (divides(outputs, rows)) {
                share(outputs, List.of(task));
            } else {
                task.answer().complete(servable.run(signature, List.of(task.inputs())));
            }
        } catch (RuntimeException | Error e) {
            task.answer().completeExceptionally(e);
        }
    }

    private static boolean divides(Map<String, Tensor> outputs, int rows) {
        return outputs.values().stream().allMatch(output -> output.shape().rank() > 0 && output.shape().rows() == rows);
    }

    private static void share(Map<String, Tensor> outputs, List<BatchTask> tasks) {
        int from = 0;
        for (BatchTask task : tasks) {
            Map<String, Tensor> part = LinkedHashMap.newLinkedHashMap(outputs.size());
            for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
                part.put(output.getKey(), output.getValue().rows(from, task.rows()));
            }
            from += task.rows();
            task.answer().complete(part);
        }
    }
}

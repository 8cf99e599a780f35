package dev.tideline.inference.batching;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a batch and hands each request its rows. What one request does to the model never fails its neighbours. */
final class BatchRun {

    private final Servable servable;
    private final Signature signature;

    BatchRun(Servable servable, Signature signature) {
        this.servable = servable;
        this.signature = signature;
    }

    void run(List<BatchTask> batch) {
        if (batch.size() == 1) {
            runAlone(batch.getFirst());
            return;
        }
        try {
            Map<String, Tensor> outputs = servable.run(signature, batch.stream().map(BatchTask::inputs).toList());
            if (divides(outputs, batch)) {
                share(outputs, batch);
                return;
            }
        } catch (StatusException e) {
            // Somebody in the batch is at fault, or the model is: alone, each finds out for itself.
        } catch (RuntimeException | Error e) {
            batch.forEach(task -> task.answer().completeExceptionally(e));
            return;
        }
        batch.forEach(this::runAlone);
    }

    private void runAlone(BatchTask task) {
        try {
            task.answer().complete(servable.run(signature, List.of(task.inputs())));
        } catch (RuntimeException | Error e) {
            task.answer().completeExceptionally(e);
        }
    }

    private static boolean divides(Map<String, Tensor> outputs, List<BatchTask> batch) {
        int rows = batch.stream().mapToInt(BatchTask::rows).sum();
        return outputs.values().stream().allMatch(output -> output.shape().rank() > 0 && output.shape().rows() == rows);
    }

    private static void share(Map<String, Tensor> outputs, List<BatchTask> batch) {
        int from = 0;
        for (BatchTask task : batch) {
            Map<String, Tensor> part = LinkedHashMap.newLinkedHashMap(outputs.size());
            for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
                part.put(output.getKey(), output.getValue().rows(from, task.rows()));
            }
            from += task.rows();
            task.answer().complete(part);
        }
    }
}

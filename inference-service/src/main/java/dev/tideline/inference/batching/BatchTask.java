package dev.tideline.inference.batching;

import dev.tideline.inference.servable.Lease;
import dev.tideline.inference.tensor.Tensor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * One request in a queue, or a part of one.
 *
 * @param rows     equal first dimension of all inputs; 1 for a request that runs alone
 * @param alone    whether it must not share a run
 * @param lease    keeps the version loaded until the run has ended, even when the caller has given up before
 * @param deadline {@link System#nanoTime()} after which nobody waits for the answer
 */
record BatchTask(
        Lease lease, Map<String, Tensor> inputs, int rows, boolean alone, Priority priority, long enqueued, long deadline,
        CompletableFuture<Map<String, Tensor>> answer) {

    boolean expired(long now) {
        return now - deadline > 0;
    }

    boolean abandoned() {
        return answer.isDone();
    }
}

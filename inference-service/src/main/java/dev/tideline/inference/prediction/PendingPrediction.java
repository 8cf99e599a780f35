package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A request that waits for its run, or is in it. Ends once: with an answer, a failure, or because it was withdrawn. */
public final class PendingPrediction {

    private final CompletableFuture<Map<String, Tensor>> outputs;
    private final CompletableFuture<Prediction> prediction;
    private final long deadline;

    /** @param deadline when {@code outputs} is ended if nothing else did, in terms of {@link System#nanoTime()} */
    PendingPrediction(CompletableFuture<Map<String, Tensor>> outputs, CompletableFuture<Prediction> prediction, long deadline) {
        this.outputs = outputs;
        this.prediction = prediction;
        this.deadline = deadline;
    }

    /** Nobody waits any more: rows that still wait for a run are not run. Nothing happens when it has ended. */
    public void withdraw() {
        outputs.completeExceptionally(deadline - System.nanoTime() > 0
                ? new StatusException(StatusCode.CANCELLED, "The request was cancelled")
                : new StatusException(StatusCode.DEADLINE_EXCEEDED, "deadline: over"));
    }

    public boolean ended() {
        return prediction.isDone();
    }

    /** Calls it on the thread that ends the request, or at once when it has ended. */
    public void whenEnded(Runnable then) {
        prediction.whenComplete((answer, failure) -> then.run());
    }

    /** Calls one of both, on the thread that ends the last request, or at once when all have ended. One failure is the failure of all. */
    public static void whenEnded(List<PendingPrediction> all, Consumer<List<Prediction>> answered, Consumer<StatusException> failed) {
        CompletableFuture<?> ended = all.size() == 1 ? all.getFirst().prediction
                : CompletableFuture.allOf(all.stream().map(pending -> pending.prediction).toArray(CompletableFuture[]::new));
        ended.whenComplete((ignored, failure) -> {
            if (failure == null) {
                answered.accept(all.size() == 1 ? List.of(all.getFirst().prediction.join())
                        : all.stream().map(pending -> pending.prediction.join()).toList());
            } else {
                failed.accept(status(failure));
            }
        });
    }

    /**
     * Blocks until the request has ended, which its time limit sees to; an interrupt withdraws it.
     *
     * @throws StatusException whatever went wrong
     */
    public Prediction await() {
        try {
            return prediction.get();
        } catch (ExecutionException e) {
            throw status(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            withdraw();
        }
        try {
            // It may have been answered at the last moment; either way it has ended.
            return prediction.join();
        } catch (CompletionException e) {
            throw status(e);
        }
    }

    private static StatusException status(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusException status) {
                return status;
            }
        }
        return new StatusException(StatusCode.INTERNAL, "The service met a fault: " + failure, failure);
    }
}

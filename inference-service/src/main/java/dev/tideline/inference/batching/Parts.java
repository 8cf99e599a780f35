package dev.tideline.inference.batching;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A large request in parts that each fit a run. */
final class Parts {

    private Parts() {}

    /** Views of at most {@code most} rows each; copies nothing. */
    static List<Map<String, Tensor>> of(Map<String, Tensor> inputs, int rows, int most) {
        List<Map<String, Tensor>> parts = new ArrayList<>();
        for (int from = 0; from < rows; from += most) {
            int first = from;
            int count = Math.min(most, rows - from);
            Map<String, Tensor> part = LinkedHashMap.newLinkedHashMap(inputs.size());
            inputs.forEach((alias, tensor) -> part.put(alias, tensor.rows(first, count)));
            parts.add(part);
        }
        return parts;
    }

    /** The answer to the whole: fails with the first part that fails, and withdraws the others then, or when it is withdrawn itself. */
    static CompletableFuture<Map<String, Tensor>> whole(List<CompletableFuture<Map<String, Tensor>>> parts) {
        CompletableFuture<Map<String, Tensor>> whole = new CompletableFuture<>();
        AtomicInteger missing = new AtomicInteger(parts.size());
        for (CompletableFuture<Map<String, Tensor>> part : parts) {
            part.whenComplete((outputs, failure) -> {
                if (failure != null) {
                    whole.completeExceptionally(failure);
                } else if (missing.decrementAndGet() == 0) {
                    complete(whole, parts);
                }
            });
        }
        whole.whenComplete((outputs, failure) -> {
            if (failure != null) {
                parts.forEach(part -> part.cancel(false));
            }
        });
        return whole;
    }

    private static void complete(CompletableFuture<Map<String, Tensor>> whole, List<CompletableFuture<Map<String, Tensor>>> parts) {
        Map<String, Tensor> joined = new LinkedHashMap<>();
        for (String alias : parts.getFirst().join().keySet()) {
            Tensor all = Rows.join(parts.stream().map(part -> part.join().get(alias)).toList());
            if (all == null) {
                whole.completeExceptionally(new StatusException(StatusCode.FAILED_PRECONDITION, "output " + alias
                        + ": rows of different shapes (expected: equal ones from all parts of a request of more than max-rows rows)"));
                return;
            }
            joined.put(alias, all);
        }
        whole.complete(joined);
    }
}

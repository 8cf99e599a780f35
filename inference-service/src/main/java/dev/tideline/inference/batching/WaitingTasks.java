package dev.tideline.inference.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Requests in the order of their priority, and of their arrival within it. Not thread-safe, but for {@link #rows()}. */
final class WaitingTasks {

    /** Requests of odd shapes that are passed over in the search for ones that fit: the search holds a lock. */
    private static final int MAX_PASSED = 1000;

    private final Map<Priority, ArrayDeque<BatchTask>> byPriority = new EnumMap<>(Priority.class);
    private int tasks;
    private volatile int rows;

    WaitingTasks() {
        for (Priority priority : Priority.values()) {
            byPriority.put(priority, new ArrayDeque<>());
        }
    }

    /** Written under the queue's lock, read by anyone. */
    int rows() {
        return rows;
    }

    boolean isEmpty() {
        return tasks == 0;
    }

    void add(BatchTask task) {
        byPriority.get(task.priority()).add(task);
        tasks++;
        rows += task.rows();
    }

    /** How long the request has waited that has waited longest. */
    long longestWait(long now) {
        long longest = 0;
        for (ArrayDeque<BatchTask> tasks : byPriority.values()) {
            if (!tasks.isEmpty()) {
                longest = Math.max(longest, now - tasks.peek().enqueued());
            }
        }
        return longest;
    }

    /** Moves the first request and all that fit beside it; removes those that {@code dropped} says nobody waits for any more. */
    void fill(Batch batch, Predicate<BatchTask> dropped) {
        int passed = 0;
        for (ArrayDeque<BatchTask> waiting : byPriority.values()) {
            for (Iterator<BatchTask> next = waiting.iterator(); next.hasNext();) {
                if (batch.full() || passed > MAX_PASSED) {
                    return;
                }
                BatchTask task = next.next();
                if (dropped.test(task) || batch.add(task)) {
                    next.remove();
                    tasks--;
                    rows -= task.rows();
                } else {
                    passed++;
                }
            }
        }
    }

    List<BatchTask> removeAll() {
        List<BatchTask> all = new ArrayList<>();
        byPriority.values().forEach(waiting -> {
            all.addAll(waiting);
            waiting.clear();
        });
        tasks = 0;
        rows = 0;
        return all;
    }
}

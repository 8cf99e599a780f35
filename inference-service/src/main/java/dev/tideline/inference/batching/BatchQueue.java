package dev.tideline.inference.batching;

import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Waiting requests of one signature of one version. Greedy: with nothing running, a request runs at once; while a batch runs, further
 * requests gather, and go together when it ends, when they fill a batch, or when the first has waited long enough.
 */
final class BatchQueue {

    private final BatchingProperties properties;
    private final BatchRun run;
    private final BatchObserver observer;
    private final BatchRunners runners;
    private final long maxWaitNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<BatchTask> waiting = new ArrayDeque<>();
    private volatile int waitingRows;
    private int running;
    private boolean wakeUpSet;

    BatchQueue(
            Servable servable, Signature signature, BatchingProperties properties, BatchRunners runners, BatchObserver observer) {
        this.properties = properties;
        this.run = new BatchRun(servable, signature);
        this.runners = runners;
        this.observer = observer;
        this.maxWaitNanos = properties.maxWait().toNanos();
    }

    void add(BatchTask task) {
        lock.lock();
        try {
            if (waitingRows > 0 && waitingRows + task.rows() > properties.queueRows()) {
                throw new StatusException(StatusCode.RESOURCE_EXHAUSTED, "queue: " + waitingRows + " rows wait (expected: at most "
                        + properties.queueRows() + "); try again later");
            }
            waiting.add(task);
            waitingRows += task.rows();
            startIfDue();
        } finally {
            lock.unlock();
        }
    }

    int waitingRows() {
        return waitingRows;
    }

    /** With the lock held. */
    private void startIfDue() {
        if (runners.closed()) {
            refuseAll();
        }
        while (!waiting.isEmpty() && running < runners.count()) {
            long waited = System.nanoTime() - waiting.peek().enqueued();
            if (running > 0 && waitingRows < properties.maxRows() && waited < maxWaitNanos) {
                wakeUpAfter(maxWaitNanos - waited);
                return;
            }
            List<BatchTask> batch = take();
            if (!batch.isEmpty()) {
                running++;
                execute(batch);
            }
        }
    }

    private void execute(List<BatchTask> batch) {
        try {
            runners.execute(() -> runBatch(batch));
        } catch (RejectedExecutionException e) {
            running--;
            refuse(batch);
            refuseAll();
        }
    }

    private void refuseAll() {
        refuse(waiting);
        waiting.clear();
        waitingRows = 0;
    }

    private static void refuse(Collection<BatchTask> tasks) {
        for (BatchTask task : tasks) {
            task.answer().completeExceptionally(new StatusException(StatusCode.UNAVAILABLE, "The service stops"));
            task.lease().close();
        }
    }

    private void wakeUpAfter(long nanos) {
        if (!wakeUpSet) {
            wakeUpSet = true;
            runners.later(Duration.ofNanos(nanos), () -> {
                lock.lock();
                try {
                    wakeUpSet = false;
                    startIfDue();
                } finally {
                    lock.unlock();
                }
            });
        }
    }

    /** Takes the first request and all that fit beside it, drops those that nobody waits for any more. */
    private List<BatchTask> take() {
        List<BatchTask> batch = new ArrayList<>();
        long now = System.nanoTime();
        int rows = 0;
        for (Iterator<BatchTask> tasks = waiting.iterator(); tasks.hasNext();) {
            BatchTask task = tasks.next();
            if (dropped(task, now)) {
                tasks.remove();
                waitingRows -= task.rows();
                task.lease().close();
            } else if (batch.isEmpty() || rows + task.rows() <= properties.maxRows() && batch.getFirst().fits(task)) {
                tasks.remove();
                waitingRows -= task.rows();
                batch.add(task);
                rows += task.rows();
            }
            if (rows >= properties.maxRows() || !batch.isEmpty() && batch.getFirst().alone()) {
                break;
            }
        }
        if (!batch.isEmpty()) {
            observer.taken(batch, rows, now);
        }
        return batch;
    }

    private static boolean dropped(BatchTask task, long now) {
        if (task.expired(now)) {
            task.answer().completeExceptionally(new StatusException(
                    StatusCode.DEADLINE_EXCEEDED, "deadline: over while the request waited for a batch (expected: a longer one)"));
        }
        return task.abandoned();
    }

    private void runBatch(List<BatchTask> batch) {
        try {
            run.run(batch);
        } finally {
            batch.forEach(task -> task.lease().close());
            lock.lock();
            try {
                running--;
                startIfDue();
            } finally {
                lock.unlock();
            }
        }
    }
}

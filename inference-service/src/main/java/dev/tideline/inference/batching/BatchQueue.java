package dev.tideline.inference.batching;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Waiting requests of one signature of one version. Greedy: with nothing running, a request runs at once; while a batch runs, further
 * requests gather, and go together when it ends, when they fill a batch, or when one has waited long enough. Where runs are short, the first
 * request runs on its caller's thread: two hand-overs would take longer than the run. Where they are longer, company saves little of them, and
 * what waits starts as soon as a runner is free; on its caller's thread still, as long as hand-overs would be a good part of it and that thread can be spared.
 */
final class BatchQueue {

    /** Of a run, beyond which it does not wait for company. */
    private static final long SHORT_NANOS = 200_000;
    /** Of a run, beyond which it must not hold up whatever else its caller's thread serves. */
    private static final long CALLERS_NANOS = 1_000_000;

    private final BatchingProperties properties;
    private final BatchRun run;
    private final BatchObserver observer;
    private final BatchRunners runners;
    private final BatchControl control;
    private final ReentrantLock lock = new ReentrantLock();
    private final WaitingTasks waiting = new WaitingTasks();
    private final DrainTime drain = new DrainTime();
    private final Bringers bringers = new Bringers(Runtime.getRuntime().availableProcessors());
    private int running;
    private boolean wakeUpSet;

    BatchQueue(BatchRun run, BatchingProperties properties, BatchRunners runners, BatchObserver observer) {
        this.run = run;
        this.properties = properties;
        this.runners = runners;
        this.observer = observer;
        this.control = properties.control();
        observer.watch(waiting::rows, control::limits);
    }

    /** @throws StatusException RESOURCE_EXHAUSTED when there is no room for all of them; then none is taken */
    void add(List<BatchTask> tasks) {
        int rows = 0;
        for (BatchTask task : tasks) {
            rows += task.rows();
        }
        Batch own = null;
        lock.lock();
        try {
            if (waiting.rows() > 0 && waiting.rows() + rows > properties.queueRows()) {
                throw StatusException.exhausted("queue: " + waiting.rows() + " rows wait (expected: at most "
                        + properties.queueRows() + "); try again later", drain.time(waiting.rows()));
            }
            tasks.forEach(waiting::add);
            boolean spread = bringers.brings(Thread.currentThread(), tasks.getFirst().enqueued());
            if (tasks.size() == 1 && runsHere(rows, spread)) {
                own = take();
            } else {
                startIfDue();
            }
        } finally {
            lock.unlock();
        }
        if (own != null) {
            runBatch(own);
        }
    }

    /**
     * Whether a request of so many rows, which is among those that wait, takes its caller's thread. With the lock held.
     *
     * @param spread whether other callers can do without that thread
     */
    private boolean runsHere(int rows, boolean spread) {
        if (runners.closed()) {
            return false;
        }
        boolean company = drain.atLeast(SHORT_NANOS, rows);
        return !company && running == 0 && drain.shorterThan(SHORT_NANOS, rows)
                || company && spread && running < runners.count() && waiting.rows() == rows && drain.shorterThan(CALLERS_NANOS, rows);
    }

    /** With the lock held. */
    private void startIfDue() {
        if (runners.closed()) {
            refuse(waiting.removeAll());
        }
        while (!waiting.isEmpty() && running < runners.count()) {
            BatchLimits limits = control.limits();
            long waited = waiting.longestWait(System.nanoTime());
            if (running > 0 && waiting.rows() < properties.within(limits.rows()) && waited < limits.waitNanos()
                    && !drain.atLeast(SHORT_NANOS, waiting.rows())) {
                wakeUpAfter(limits.waitNanos() - waited);
                return;
            }
            Batch batch = take();
            if (batch != null) {
                execute(batch);
            }
        }
    }

    /** The next batch, which then counts as running; null when nobody waits for it any more. With the lock held. */
    private @Nullable Batch take() {
        int rows = properties.within(control.limits().rows());
        long now = System.nanoTime();
        Batch batch = new Batch(rows, properties.padLengths());
        waiting.fill(batch, task -> dropped(task, now));
        if (batch.isEmpty()) {
            return null;
        }
        observer.taken(batch, properties.runRows(batch.rows()), rows);
        running++;
        return batch;
    }

    private void execute(Batch batch) {
        try {
            runners.execute(() -> runBatch(batch));
        } catch (RejectedExecutionException e) {
            running--;
            refuse(batch.tasks());
            refuse(waiting.removeAll());
        }
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

    private boolean dropped(BatchTask task, long now) {
        if (task.expired(now) && task.answer().completeExceptionally(new StatusException(
                StatusCode.DEADLINE_EXCEEDED, "deadline: over while the request waited for a batch (expected: a longer one)"))) {
            observer.dropped(BatchObserver.Drop.EXPIRED);
        } else if (task.abandoned()) {
            observer.dropped(BatchObserver.Drop.WITHDRAWN);
        } else {
            return false;
        }
        task.lease().close();
        return true;
    }

    /** Callers hear last: the next batch should not wait for what they do with their answers. */
    private void runBatch(Batch batch) {
        long start = System.nanoTime();
        List<BatchRun.Answer> answers = run.run(batch);
        long end = System.nanoTime();
        batch.tasks().forEach(task -> task.lease().close());
        lock.lock();
        try {
            for (BatchTask task : batch.tasks()) {
                control.answered(start - task.enqueued(), end - start, batch.full());
            }
            drain.ran(batch.rows(), end - start, running);
            running--;
            startIfDue();
        } finally {
            lock.unlock();
        }
        try {
            observer.ran(batch, start, end);
        } finally {
            answers.forEach(BatchRun.Answer::deliver);
        }
    }
}

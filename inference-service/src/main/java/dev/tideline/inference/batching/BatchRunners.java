package dev.tideline.inference.batching;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The platform threads in which TensorFlow runs: few, since a native call holds its thread, and bounded by configuration. */
final class BatchRunners implements AutoCloseable {

    private final int count;
    private final ExecutorService threads;
    private final ScheduledExecutorService timer;

    BatchRunners(int count) {
        this.count = count;
        this.threads = Executors.newFixedThreadPool(count, Thread.ofPlatform().name("batch-runner-", 0).factory());
        this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("batch-timer").daemon().factory());
    }

    int count() {
        return count;
    }

    boolean closed() {
        return threads.isShutdown();
    }

    /**
     * The executor's queue is bounded by the queues' own limits: each has at most {@link #count} batches in it.
     *
     * @throws RejectedExecutionException when closed
     */
    void execute(Runnable batch) {
        threads.execute(batch);
    }

    /** Nothing happens when closed. */
    void later(Duration delay, Runnable task) {
        try {
            timer.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // Closed: the next look at the queue finds that out and empties it.
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdown();
        try {
            threads.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

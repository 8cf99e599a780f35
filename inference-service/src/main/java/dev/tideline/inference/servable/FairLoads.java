package dev.tideline.inference.servable;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Load threads that take turns between models: one with many versions to load, or with slow ones, does not hold up another's first. The
 * queue is as long as the list of aspired versions.
 */
final class FairLoads {

    private final ReentrantLock lock = new ReentrantLock();
    /** In the order of turns: a model that was served goes to the end. */
    private final Map<String, Queue<Runnable>> waiting = new LinkedHashMap<>();
    private final ExecutorService threads;

    FairLoads(int count, ThreadFactory factory) {
        this.threads = Executors.newFixedThreadPool(count, factory);
    }

    /** @throws java.util.concurrent.RejectedExecutionException when closed */
    void execute(String model, Runnable load) {
        lock.lock();
        try {
            waiting.computeIfAbsent(model, name -> new ArrayDeque<>()).add(load);
        } finally {
            lock.unlock();
        }
        threads.execute(() -> next().run());
    }

    private Runnable next() {
        lock.lock();
        try {
            Map.Entry<String, Queue<Runnable>> turn = waiting.entrySet().iterator().next();
            Queue<Runnable> loads = turn.getValue();
            Runnable load = loads.remove();
            waiting.remove(turn.getKey());
            if (!loads.isEmpty()) {
                waiting.put(turn.getKey(), loads);
            }
            return load;
        } finally {
            lock.unlock();
        }
    }

    /** Interrupts what loads and forgets the rest. @return whether all threads have ended in time */
    boolean stop(long millis) throws InterruptedException {
        threads.shutdownNow();
        return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
    }
}

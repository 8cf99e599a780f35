package dev.tideline.inference.rest;

import dev.tideline.inference.prediction.PendingPrediction;
import dev.tideline.inference.prediction.Prediction;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for predictions on their requests' threads, and withdraws those whose client goes away meanwhile. One timer wakes all that wait, so
 * that a request whose answer comes soon needs none of its own.
 */
final class ClientWatch implements AutoCloseable {

    static final Duration LOOK = Duration.ofMillis(100);

    private final Set<Waiting> all = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService timer;

    ClientWatch(Duration look) {
        timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("client-watch").daemon().factory());
        timer.scheduleWithFixedDelay(() -> all.forEach(Waiting::remind), look.toNanos(), look.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** A thread that waits. Two of them are never equal. */
    private static final class Waiting {
        private final Thread thread = Thread.currentThread();
        private volatile boolean look;

        void remind() {
            look = true;
            LockSupport.unpark(thread);
        }

        boolean takeReminder() {
            boolean due = look;
            look = false;
            return due;
        }
    }

    /**
     * Blocks until the prediction has ended; an interrupt withdraws it.
     *
     * @param gone whether the client went away; asked in this thread, now and then
     * @throws dev.tideline.inference.status.StatusException whatever went wrong; CANCELLED when the client is gone
     */
    Prediction await(PendingPrediction prediction, BooleanSupplier gone) {
        if (!prediction.ended()) {
            Waiting waiting = new Waiting();
            all.add(waiting);
            try {
                prediction.whenEnded(() -> LockSupport.unpark(waiting.thread));
                while (!prediction.ended() && !Thread.currentThread().isInterrupted()) {
                    LockSupport.park(waiting);
                    if (waiting.takeReminder() && !prediction.ended() && gone.getAsBoolean()) {
                        prediction.withdraw();
                    }
                }
            } finally {
                all.remove(waiting);
            }
        }
        return prediction.await();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

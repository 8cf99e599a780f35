package dev.tideline.inference.admission;

import java.util.concurrent.locks.ReentrantLock;

/**
 * How many requests for one version may be in work, found by the time that they wait.
 *
 * <p>The gradient law of Netflix's concurrency-limits ({@code GradientLimit}: {@code limit = limit * gradient + sqrt(limit)}, the gradient
 * within 0.5 and 1), which takes a growing round trip for a growing queue. Batching makes a round trip grow without any queue, but it also
 * knows what part of it was waiting: so the gradient here is {@code targetWait / meanWait}, over windows of {@value #WINDOW_MILLIS} ms and
 * {@value #WINDOW_REQUESTS} requests. By Little's law it settles where as many requests are let in as leave within the target. The limit
 * grows only while it is used at least by half, as there.
 */
final class WaitLimit {

    static final long WINDOW_MILLIS = 100;
    static final int WINDOW_REQUESTS = 20;
    private static final double LEAST_GRADIENT = 0.5;

    private final int least;
    private final int most;
    private final double targetNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile int limit;
    private volatile long meanWaitNanos;
    private double exact;
    private long windowStart;
    private long requests;
    private double waited;
    private int mostInFlight;

    /** Begins with {@code most}: nobody is refused before there is a reason. */
    WaitLimit(int least, int most, long targetNanos, long now) {
        this.least = Math.min(least, most);
        this.most = most;
        this.targetNanos = targetNanos;
        this.exact = most;
        this.limit = most;
        this.windowStart = now;
    }

    /** What requests of the last window waited, in nanoseconds; 0 before the first. */
    long meanWaitNanos() {
        return meanWaitNanos;
    }

    int limit() {
        return limit;
    }

    /**
     * A request was run.
     *
     * @param inFlight requests in work at the moment
     * @param now      in nanoseconds, of any clock that does not go back
     */
    void ran(long waitNanos, int inFlight, long now) {
        lock.lock();
        try {
            requests++;
            waited += waitNanos;
            mostInFlight = Math.max(mostInFlight, inFlight);
            if (requests >= WINDOW_REQUESTS && now - windowStart >= WINDOW_MILLIS * 1_000_000) {
                move();
                windowStart = now;
                requests = 0;
                waited = 0;
                mostInFlight = 0;
            }
        } finally {
            lock.unlock();
        }
    }

    private void move() {
        meanWaitNanos = (long) (waited / requests);
        double gradient = Math.clamp(targetNanos / Math.max(1, waited / requests), LEAST_GRADIENT, 1);
        if (gradient < 1) {
            // Requests beyond the limit were let in before it fell, or it is far from what is used: either way it has to bite.
            exact = Math.min(exact, mostInFlight) * gradient;
        } else if (mostInFlight >= exact / 2) {
            exact += Math.sqrt(exact);
        }
        exact = Math.clamp(exact, least, most);
        limit = (int) exact;
    }
}

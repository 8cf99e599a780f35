package dev.tideline.inference.servable;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts the users of a loaded version and closes it after the last. Starts with one use, the manager's own. */
final class VersionHandle {

    private final Servable servable;
    private final Runnable lastReleased;
    private final AtomicInteger uses = new AtomicInteger(1);
    private volatile int own = 1;

    VersionHandle(Servable servable, Runnable lastReleased) {
        this.servable = servable;
        this.lastReleased = lastReleased;
    }

    Servable servable() {
        return servable;
    }

    /** False once the last use has ended: the version is closed then, or about to be. */
    boolean tryAcquire() {
        int seen = uses.get();
        while (seen > 0) {
            if (uses.compareAndSet(seen, seen + 1)) {
                return true;
            }
            seen = uses.get();
        }
        return false;
    }

    /** The last release runs {@code lastReleased}, which closes on another thread: a caller's thread should not pay for it. */
    void release() {
        if (uses.decrementAndGet() == 0) {
            lastReleased.run();
        }
    }

    /** Ends the manager's own use. */
    void withdraw() {
        own = 0;
        release();
    }

    /** Besides the manager. */
    int users() {
        return Math.max(0, uses.get() - own);
    }
}

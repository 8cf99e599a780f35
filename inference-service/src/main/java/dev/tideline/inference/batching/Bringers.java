package dev.tideline.inference.batching;

import java.util.Arrays;

/**
 * The threads that brought requests lately. A connection's thread reads nothing while it runs a model; that costs nothing where at least as many
 * such threads are at work as there are processors, and all but one processor where a single connection brings everything. Not thread-safe.
 */
final class Bringers {

    private static final long LATELY_NANOS = 20_000_000;

    private final long[] threads;
    private final long[] times;

    /** @param enough threads that keep all processors busy */
    Bringers(int enough) {
        this.threads = new long[enough];
        this.times = new long[enough];
        Arrays.fill(threads, -1);
    }

    /**
     * @param thread that brings a request
     * @param now    in terms of {@link System#nanoTime()}
     * @return whether it may run the request itself: with it, enough threads brought one lately, or it serves this request only
     */
    boolean brings(Thread thread, long now) {
        if (thread.isVirtual()) {
            return true;
        }
        int place = 0;
        for (int i = 0; i < threads.length; i++) {
            if (threads[i] == thread.threadId()) {
                place = i;
                break;
            }
            if (threads[i] < 0 || threads[place] >= 0 && times[i] < times[place]) {
                place = i;
            }
        }
        threads[place] = thread.threadId();
        times[place] = now;
        for (int i = 0; i < threads.length; i++) {
            if (threads[i] < 0 || now - times[i] > LATELY_NANOS) {
                return false;
            }
        }
        return true;
    }
}

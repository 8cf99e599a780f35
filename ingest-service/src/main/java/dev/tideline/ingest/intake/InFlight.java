package dev.tideline.ingest.intake;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Records of one request that the broker has not answered for. One thread sends and waits, any thread settles. Who waits is woken once
 * half of the room is free and not at each record, which would cost a change of threads a record.
 */
final class InFlight {

    private static final long NOBODY = Long.MAX_VALUE;

    private final int limit;
    private final long timeoutNanos;
    private final AtomicLong settled = new AtomicLong();
    private long sent;
    /** What {@link #settled} was when it was last asked: asking for every record would move it between two cores all the time. */
    private long known;
    private volatile @Nullable Thread waiter;
    private volatile long awaited = NOBODY;

    /**
     * @param limit        records under way at a time, at least 1
     * @param timeoutNanos longest wait
     */
    InFlight(int limit, long timeoutNanos) {
        this.limit = limit;
        this.timeoutNanos = timeoutNanos;
    }

    /** Counts a record that is about to be sent; waits for room. False when there was none in time, and then it is not counted. */
    boolean send() throws InterruptedException {
        if (sent - known >= limit) {
            known = settled.get();
            if (sent - known >= limit && !await(sent - limit / 2)) {
                return false;
            }
        }
        sent++;
        return true;
    }

    /** A record was acknowledged or given up. */
    void settle() {
        // The waiter writes its mark and then reads the count; here it is the other way round, so one of the two sees the other.
        if (settled.incrementAndGet() >= awaited) {
            LockSupport.unpark(waiter);
        }
    }

    /** Waits until every record is settled; false when that took too long. */
    boolean awaitAll() throws InterruptedException {
        return await(sent);
    }

    private boolean await(long count) throws InterruptedException {
        long start = System.nanoTime();
        waiter = Thread.currentThread();
        awaited = count;
        try {
            while (settled.get() < count) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = timeoutNanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(this, left);
            }
            return true;
        } finally {
            awaited = NOBODY;
        }
    }
}

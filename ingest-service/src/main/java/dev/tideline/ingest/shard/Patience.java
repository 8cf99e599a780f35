package dev.tideline.ingest.shard;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a partition that makes no progress is tried again, and the word about it. */
final class Patience {

    private static final Duration CALM = Duration.ofSeconds(10);
    /** Longest pause, in multiples of the first: records that cannot be written are not read again all the time. */
    private static final int LONGEST_PAUSE = 32;

    private final String dataset;
    private final int partition;
    private final Duration retry;
    private final ShardMeters meters;
    private final LongSupplier nanoTime;
    private long retryAt;
    private int failures;
    private boolean waiting;

    Patience(String dataset, int partition, Duration retry, ShardMeters meters, LongSupplier nanoTime) {
        this.dataset = dataset;
        this.partition = partition;
        this.retry = retry;
        this.meters = meters;
        this.nanoTime = nanoTime;
        this.retryAt = nanoTime.getAsLong();
    }

    /** Something is away: tries again after a pause. */
    void waits(String why) {
        pause(why, 1);
    }

    /** Work was lost: tries again after pauses that grow. */
    void failed(String why) {
        pause(why, Math.min(1L << failures, LONGEST_PAUSE));
        failures = Math.min(failures + 1, Integer.SIZE - 1);
    }

    private void pause(String why, long times) {
        waiting = true;
        meters.waiting(dataset, partition, why);
        retryAt = nanoTime.getAsLong() + retry.multipliedBy(times).toNanos();
    }

    boolean due() {
        return nanoTime.getAsLong() - retryAt >= 0;
    }

    /** There is progress. */
    void works() {
        failures = 0;
        if (waiting) {
            waiting = false;
            meters.working(dataset, partition);
        }
    }

    /** There is nothing to do: after a while of it, whatever it was has passed. */
    void idles() {
        if (waiting && nanoTime.getAsLong() - retryAt >= CALM.toNanos()) {
            works();
        }
    }
}

package dev.tideline.inference.batching;

import java.util.Arrays;

/**
 * Keeps the 99th percentile of wait and run below a target by moving the rows of a batch and the wait for one. Not thread-safe.
 *
 * <p>Additive increase, multiplicative decrease of the batch size as in Clipper (Crankshaw et al., NSDI 2017, section 4.3.1: steps up until
 * the objective is missed, then back by 10 %), with one difference: when the objective is missed although the run itself takes less than
 * half of the target, the queue is at fault and not the batch, and a smaller batch would only drain it more slowly. Once per window of
 * {@value #WINDOW} requests, with {@code p} the 99th percentile of wait and run, and {@code r} that of the run alone:
 *
 * <pre>
 *   p &gt; target        wait = wait / 2;  r &gt; target / 2 ? rows = 0.9 rows : rows = rows + step
 *   p &lt; 0.8 target    wait = wait + maxWait / 16;  rows = rows + step, if a batch of the window was full
 *   otherwise         nothing moves
 * </pre>
 *
 * with {@code step = maxRows / 32}, at least 1; rows stay within 1 and the configured most, wait within 0 and the configured longest.
 */
final class LatencyTarget {

    static final int WINDOW = 256;
    private static final int QUANTILE = (int) (WINDOW * 0.99);

    private final BatchLimits most;
    private final long targetNanos;
    private final int step;
    private final long[] totals = new long[WINDOW];
    private final long[] runs = new long[WINDOW];
    private int n;
    private boolean anyFull;
    private volatile BatchLimits limits;

    LatencyTarget(BatchLimits most, long targetNanos) {
        this.most = most;
        this.targetNanos = targetNanos;
        this.step = Math.max(1, most.rows() / 32);
        this.limits = new BatchLimits(Math.max(1, most.rows() / 4), 0);
    }

    BatchLimits limits() {
        return limits;
    }

    void answered(long waitNanos, long runNanos, boolean full) {
        totals[n] = waitNanos + runNanos;
        runs[n] = runNanos;
        anyFull |= full;
        if (++n == WINDOW) {
            Arrays.sort(totals);
            Arrays.sort(runs);
            limits = next(limits, totals[QUANTILE], runs[QUANTILE]);
            n = 0;
            anyFull = false;
        }
    }

    private BatchLimits next(BatchLimits now, long total, long run) {
        if (total > targetNanos) {
            int rows = run > targetNanos / 2 ? Math.max(1, now.rows() * 9 / 10) : more(now.rows());
            return new BatchLimits(rows, now.waitNanos() / 2);
        }
        if (total < targetNanos / 10 * 8) {
            return new BatchLimits(anyFull ? more(now.rows()) : now.rows(),
                    Math.min(most.waitNanos(), now.waitNanos() + Math.max(1, most.waitNanos() / 16)));
        }
        return now;
    }

    private int more(int rows) {
        return Math.min(most.rows(), rows + step);
    }
}

package dev.tideline.inference.batching;

import java.time.Duration;

/**
 * @param rows      rows of one run
 * @param waitNanos how long a request may wait for the running batch of its queue before a second run starts beside it
 */
record BatchLimits(int rows, long waitNanos) {

    static BatchLimits of(int rows, Duration wait) {
        return new BatchLimits(rows, wait.toNanos());
    }
}

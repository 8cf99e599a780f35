package dev.tideline.inference.batching;

import java.time.Duration;

/** How long a queue takes to run what waits in it, from what its last runs took. Not thread-safe. */
final class DrainTime {

    /** The share of the newest run: about the last ten count. */
    private static final double NEWEST = 0.2;

    private double nanosPerRow;
    private double nanosPerRun;

    /** @param beside runs of the queue at the same time, this one included: together they are that much faster */
    void ran(int rows, long nanos, int beside) {
        double latest = (double) nanos / Math.max(1, rows) / Math.max(1, beside);
        nanosPerRun = nanosPerRun == 0 ? nanos : nanosPerRun + NEWEST * (nanos - nanosPerRun);
        nanosPerRow = nanosPerRow == 0 ? latest : nanosPerRow + NEWEST * (latest - nanosPerRow);
    }

    /** Zero before the first run. */
    Duration time(int rows) {
        return Duration.ofNanos((long) (nanosPerRow * rows));
    }

    /** Whether a run of so many rows should take less than {@code nanos}, by the last ones; false before the first. */
    boolean shorterThan(long nanos, int rows) {
        return nanosPerRun > 0 && nanosPerRun < nanos && nanosPerRow * rows < nanos;
    }

    /** Whether a run of so many rows should take at least {@code nanos}, by the last ones; false before the first. */
    boolean atLeast(long nanos, int rows) {
        return nanosPerRow * rows >= nanos;
    }
}

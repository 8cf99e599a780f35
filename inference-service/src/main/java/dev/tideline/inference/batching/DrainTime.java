package dev.tideline.inference.batching;

import java.time.Duration;

/** How long a queue takes to run what waits in it, from what its last runs took. Not thread-safe. */
final class DrainTime {

    /** The share of the newest run: about the last ten count. */
    private static final double NEWEST = 0.2;

    /** Of all runs of the queue together. */
    private double nanosPerRow;
    /** Of one run. */
    private double runNanosPerRow;
    private double nanosPerRun;

    /** @param beside runs of the queue at the same time, this one included: together they are that much faster */
    void ran(int rows, long nanos, int beside) {
        double perRow = (double) nanos / Math.max(1, rows);
        nanosPerRun = average(nanosPerRun, nanos);
        runNanosPerRow = average(runNanosPerRow, perRow);
        nanosPerRow = average(nanosPerRow, perRow / Math.max(1, beside));
    }

    private static double average(double before, double newest) {
        return before == 0 ? newest : before + NEWEST * (newest - before);
    }

    /** Zero before the first run. */
    Duration time(int rows) {
        return Duration.ofNanos((long) (nanosPerRow * rows));
    }

    /** Whether a run of so many rows should take less than {@code nanos}, by the last ones; false before the first. */
    boolean shorterThan(long nanos, int rows) {
        return nanosPerRun > 0 && nanosPerRun < nanos && runNanosPerRow * rows < nanos;
    }

    /** Whether a run of so many rows should take at least {@code nanos}, by the last ones; false before the first. */
    boolean atLeast(long nanos, int rows) {
        return runNanosPerRow * rows >= nanos;
    }
}

package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A queue with one runner in simulated time: arrivals by a seeded Poisson process, runs of a fixed and a per-row cost. */
class LatencyTargetTest {

    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final BatchLimits MOST = BatchLimits.of(256, Duration.ofMillis(4));

    private final Random random = new Random(7);

    /** 99th percentile of the second half, share of requests answered per request offered, and where the limits ended. */
    private record Outcome(long p99, BatchLimits limits) {}

    private Outcome simulate(BatchControl control, double perSecond, long fixedNanos, long perRowNanos, int requests) {
        ArrayDeque<Long> waiting = new ArrayDeque<>();
        long[] latencies = new long[requests];
        long nextArrival = 0;
        long free = 0;
        int arrived = 0;
        int answered = 0;
        while (answered < requests) {
            while (arrived < requests && (waiting.isEmpty() || nextArrival <= free)) {
                waiting.add(nextArrival);
                arrived++;
                nextArrival += (long) (-Math.log(1 - random.nextDouble()) / perSecond * 1e9);
            }
            long start = Math.max(free, waiting.peek());
            int rows = Math.min(waiting.size(), control.limits().rows());
            boolean full = rows == control.limits().rows();
            free = start + fixedNanos + rows * perRowNanos;
            for (int i = 0; i < rows; i++) {
                long arrival = waiting.poll();
                latencies[answered++] = free - arrival;
                control.answered(start - arrival, free - start, full);
            }
        }
        long[] late = Arrays.copyOfRange(latencies, requests / 2, requests);
        Arrays.sort(late);
        return new Outcome(late[(int) (late.length * 0.99)], control.limits());
    }

    private static BatchControl target(Duration target) {
        return new BatchControl.Aimed(new LatencyTarget(MOST, target.toNanos()));
    }

    @Test
    void keepsTheTargetWhereLargestBatchesWouldMissIt() {
        // A run of 256 rows takes 26 ms, and at this load the largest batches are what fixed limits would end with after a burst.
        Outcome aimed = simulate(target(Duration.ofMillis(10)), 8_000, 500 * MICRO, 100 * MICRO, 100_000);

        assertThat(aimed.p99()).isLessThan(12 * MILLI);
        assertThat(aimed.limits().rows()).isLessThan(128);
    }

    @Test
    void growsBatchesWhereSmallOnesCannotCarryTheLoad() {
        BatchControl small = new BatchControl.Fixed(new BatchLimits(8, 0));
        long missed = simulate(small, 20_000, 1_000 * MICRO, 10 * MICRO, 50_000).p99();
        Outcome aimed = simulate(target(Duration.ofMillis(20)), 20_000, 1_000 * MICRO, 10 * MICRO, 50_000);

        assertThat(missed).isGreaterThan(500 * MILLI);
        assertThat(aimed.p99()).isLessThan(20 * MILLI);
    }

    @Test
    void takesBackTheWaitFirstWhenTheTargetIsMissed() {
        LatencyTarget target = new LatencyTarget(MOST, 10 * MILLI);
        feed(target, 20, 1 * MILLI, 1 * MILLI, false);
        long patient = target.limits().waitNanos();
        feed(target, 1, 11 * MILLI, 1 * MILLI, false);

        assertThat(patient).isEqualTo(MOST.waitNanos());
        assertThat(target.limits().waitNanos()).isEqualTo(patient / 2);
    }

    @Test
    void shrinksBatchesOnlyWhenTheRunIsAtFault() {
        LatencyTarget slowRun = new LatencyTarget(MOST, 10 * MILLI);
        feed(slowRun, 1, 2 * MILLI, 9 * MILLI, true);
        LatencyTarget longQueue = new LatencyTarget(MOST, 10 * MILLI);
        feed(longQueue, 1, 40 * MILLI, 1 * MILLI, true);

        assertThat(slowRun.limits().rows()).isEqualTo(57);
        assertThat(longQueue.limits().rows()).isEqualTo(72);
    }

    @Test
    void staysWithinTheConfiguredBounds() {
        LatencyTarget hopeless = new LatencyTarget(MOST, 10 * MILLI);
        feed(hopeless, 200, 0, 100 * MILLI, true);
        LatencyTarget idle = new LatencyTarget(MOST, 10 * MILLI);
        feed(idle, 200, 0, 1, true);

        assertThat(hopeless.limits()).isEqualTo(new BatchLimits(1, 0));
        assertThat(idle.limits()).isEqualTo(MOST);
    }

    @Test
    void doesNotGrowWhatIsNotFilled() {
        LatencyTarget target = new LatencyTarget(MOST, 10 * MILLI);
        feed(target, 50, 0, MILLI, false);

        assertThat(target.limits().rows()).isEqualTo(64);
    }

    private static void feed(LatencyTarget target, int windows, long wait, long run, boolean full) {
        for (int i = 0; i < windows * LatencyTarget.WINDOW; i++) {
            target.answered(wait, run, full);
        }
    }
}

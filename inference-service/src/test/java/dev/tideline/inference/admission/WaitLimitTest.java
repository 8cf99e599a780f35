package dev.tideline.inference.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import org.junit.jupiter.api.Test;

/** The limit in simulated time, against a server of a known rate. */
class WaitLimitTest {

    private static final long MILLI = 1_000_000;
    private static final long TARGET = 100 * MILLI;

    private final WaitLimit limit = new WaitLimit(16, 2000, TARGET, 0);

    /** Offers {@code perSecond} requests evenly to a server of one at a time; returns the mean wait of the last quarter. */
    private double run(int perSecond, long serviceNanos, int requests) {
        ArrayDeque<Long> leaving = new ArrayDeque<>();
        long free = 0;
        double waited = 0;
        int counted = 0;
        for (int i = 0; i < requests; i++) {
            long now = i * (1_000_000_000L / perSecond);
            while (!leaving.isEmpty() && leaving.peek() <= now) {
                leaving.poll();
            }
            if (leaving.size() < limit.limit()) {
                long start = Math.max(now, free);
                free = start + serviceNanos;
                leaving.add(free);
                limit.ran(start - now, leaving.size(), now);
                if (i > requests * 3 / 4) {
                    waited += start - now;
                    counted++;
                }
            }
        }
        return waited / Math.max(1, counted);
    }

    @Test
    void refusesNobodyWhileNobodyWaits() {
        run(500, MILLI, 20_000);

        assertThat(limit.limit()).isEqualTo(2000);
    }

    @Test
    void settlesWhereWaitsMeetTheTarget() {
        double wait = run(5_000, MILLI, 200_000);

        assertThat(wait).isBetween(0.5 * TARGET, 1.3 * TARGET);
        assertThat(limit.limit()).isBetween(50, 150);
    }

    @Test
    void growsAgainAfterTheRush() {
        run(5_000, MILLI, 100_000);
        WaitLimit fallen = limit;
        int low = fallen.limit();
        for (int i = 0; i < 10_000; i++) {
            fallen.ran(0, fallen.limit(), 1_000_000_000_000L + i * 10 * MILLI);
        }

        assertThat(low).isLessThan(200);
        assertThat(fallen.limit()).isEqualTo(2000);
    }

    @Test
    void doesNotGrowWhileItIsNotUsed() {
        WaitLimit unused = new WaitLimit(16, 2000, TARGET, 0);
        for (int i = 0; i < 100; i++) {
            unused.ran(1_000 * MILLI, 100, i * 10 * MILLI);
        }
        int low = unused.limit();
        for (int i = 0; i < 1_000; i++) {
            unused.ran(0, 1, 10_000 * MILLI + i * 10 * MILLI);
        }

        assertThat(unused.limit()).isEqualTo(low);
    }

    @Test
    void keepsTheLeast() {
        for (int i = 0; i < 10_000; i++) {
            limit.ran(10_000 * MILLI, 100, i * 10 * MILLI);
        }

        assertThat(limit.limit()).isEqualTo(16);
    }
}

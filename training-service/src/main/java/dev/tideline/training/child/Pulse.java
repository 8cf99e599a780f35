package dev.tideline.training.child;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Tells the parent every second that this process lives, and whether its work goes on. */
final class Pulse {

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final AtomicLong work = new AtomicLong();
    private volatile boolean stepping;

    /** One step is done. From here on only steps count as work, until {@link #free}. */
    void step() {
        stepping = true;
        work.incrementAndGet();
    }

    /** What follows has no steps, and ends by itself: every beat counts as work. */
    void free() {
        stepping = false;
    }

    /** What the next beat says. */
    ChildMessage.Pulse beat() {
        return new ChildMessage.Pulse(stepping ? work.get() : work.incrementAndGet());
    }

    /** Beats from now on to the end of the process. */
    void start(Reporter reporter) {
        Thread.ofPlatform().daemon().name("pulse").start(() -> {
            try {
                while (true) {
                    reporter.report(beat());
                    Thread.sleep(INTERVAL);
                }
            } catch (InterruptedException end) {
                // Nobody interrupts it but the end of the process.
            }
        });
    }
}

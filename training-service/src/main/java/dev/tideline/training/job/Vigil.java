package dev.tideline.training.job;

import dev.tideline.training.child.ChildMessage;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides from what a child says, and when, whether it still works. The caller tells how much time has passed, so that time in
 * which this process was stopped itself does not count against the child.
 */
final class Vigil {

    private final ReentrantLock lock = new ReentrantLock();
    private final Duration silence;
    private final Duration stall;
    private Duration silent = Duration.ZERO;
    private Duration idle = Duration.ZERO;
    private long work = -1;
    private boolean heard;

    /**
     * @param silence longest time without any message, after the first one
     * @param stall   longest time without progress, and until the first message
     */
    Vigil(Duration silence, Duration stall) {
        this.silence = silence;
        this.stall = stall;
    }

    void heard(ChildMessage message) {
        lock.lock();
        try {
            heard = true;
            silent = Duration.ZERO;
            if (!(message instanceof ChildMessage.Pulse pulse)) {
                idle = Duration.ZERO;
            } else if (pulse.work() != work) {
                work = pulse.work();
                idle = Duration.ZERO;
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return why the child has to go; null as long as all is well */
    @Nullable String passed(Duration time) {
        lock.lock();
        try {
            silent = silent.plus(time);
            idle = idle.plus(time);
            if (heard && silent.compareTo(silence) > 0) {
                return "training process: no sign of life for " + silence.toMillis() + " ms (expected: one a second); frozen or starved";
            }
            return idle.compareTo(stall) > 0
                ? "training process: no progress for " + stall.toMillis() + " ms (expected: a step within that time)" : null;
        } finally {
            lock.unlock();
        }
    }
}

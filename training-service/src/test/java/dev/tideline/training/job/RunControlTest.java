package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class RunControlTest {

    private final RunControl control = new RunControl();

    @Test
    void theFirstReasonCounts() {
        control.stop(Stop.CANCELLED);
        control.stop(Stop.SHUTDOWN);

        assertThat(control.stopped()).isEqualTo(Stop.CANCELLED);
    }

    @Test
    void nothingBeginsAfterAStop() {
        control.stop(Stop.SHUTDOWN);
        var begun = new AtomicBoolean();

        assertThatThrownBy(() -> control.interruptibly(() -> {
            begun.set(true);
            return null;
        })).isInstanceOf(InterruptedException.class);
        assertThat(begun).isFalse();
    }

    @Test
    void aStopInterruptsWhatWaits() throws Exception {
        var waiting = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                control.interruptibly(() -> {
                    waiting.countDown();
                    new CountDownLatch(1).await();
                    return null;
                });
            } catch (Exception stopped) {
                interrupted.countDown();
            }
        });
        waiting.await();

        control.stop(Stop.CANCELLED);

        assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aStopKillsTheChild() throws Exception {
        var child = sleeper();
        control.childStarted(child);

        control.stop(Stop.TIMEOUT);

        assertThat(child.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aChildThatStartsAfterTheStopIsKilledToo() throws Exception {
        control.stop(Stop.TIMEOUT);
        var child = sleeper();

        control.childStarted(child);

        assertThat(child.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anInterruptDoesNotOutliveTheWork() throws Exception {
        control.interruptibly(() -> {
            control.stop(Stop.CANCELLED);
            return null;
        });

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static Process sleeper() throws IOException {
        return new ProcessBuilder("sleep", "60").start();
    }
}

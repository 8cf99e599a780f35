package dev.tideline.platform.command;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * Ctrl-C and friends. The first one interrupts the thread that runs the command, so that it stops everything in order; a
 * shutdown hook could not, because all hooks run at once.
 */
final class StopSignal {

    private final Thread worker;
    private final CountDownLatch requested = new CountDownLatch(1);
    private volatile Runnable impatient = () -> { };

    private StopSignal(Thread worker) {
        this.worker = worker;
    }

    /** Interrupts the calling thread on the first signal. */
    static StopSignal install() {
        var stop = new StopSignal(Thread.currentThread());
        List.of("INT", "TERM", "HUP").forEach(name -> Signal.handle(new Signal(name), signal -> stop.request()));
        return stop;
    }

    void request() {
        if (requested.getCount() == 0) {
            impatient.run();
            return;
        }
        requested.countDown();
        worker.interrupt();
    }

    boolean isRequested() {
        return requested.getCount() == 0;
    }

    /** Runs {@code action} on a second signal, for somebody who does not want to wait. */
    void onSecond(Runnable action) {
        impatient = action;
    }

    void await() throws InterruptedException {
        requested.await();
    }
}

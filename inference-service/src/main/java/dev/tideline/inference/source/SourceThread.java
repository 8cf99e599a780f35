package dev.tideline.inference.source;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The thread of a source: works until it is asked to stop. */
final class SourceThread {

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(5);

    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /** @param work returns soon once {@link #running} is false */
    void start(String name, Runnable work) {
        running = true;
        thread = Thread.ofPlatform().name(name).start(work);
    }

    boolean running() {
        return running;
    }

    /**
     * Asks for the end and waits for it, within a bound.
     *
     * @param wake brings the thread back from where it waits
     */
    void stop(Consumer<Thread> wake) {
        running = false;
        Thread current = thread;
        if (current == null) {
            return;
        }
        wake.accept(current);
        try {
            current.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.tideline.training.job;

import dev.tideline.training.child.ChildMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a child's messages on to slower ears. The child never waits: of figures that follow each other only the newest are kept, and
 * of everything else a child has a handful.
 */
final class MessagePump implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MessagePump.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ChildMessage> waiting = new ArrayDeque<>();
    private final Consumer<ChildMessage> ears;
    private final Thread thread;
    private boolean closed;

    /** @param ears called by one thread, in order; what it throws is logged */
    MessagePump(String name, Consumer<ChildMessage> ears) {
        this.ears = ears;
        thread = Thread.ofVirtual().name(name).start(this::work);
    }

    void offer(ChildMessage message) {
        lock.lock();
        try {
            if (message instanceof ChildMessage.Progress && waiting.peekLast() instanceof ChildMessage.Progress) {
                waiting.removeLast();
            }
            waiting.addLast(message);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        try {
            for (var message = next(); message != null; message = next()) {
                try {
                    ears.accept(message);
                } catch (RuntimeException failure) {
                    log.warn("{}: {} is lost: {}", Thread.currentThread().getName(), message, failure.toString());
                }
            }
        } catch (InterruptedException stopped) {
            log.debug("{}: interrupted", Thread.currentThread().getName());
        }
    }

    private @Nullable ChildMessage next() throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            return waiting.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when everything that was offered has been heard. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.tideline.training.job;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Stops a run wherever it is: waiting for another service, or waiting for its child process. */
final class RunControl {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stop stopped;
    private @Nullable String broken;
    private @Nullable Process child;
    private @Nullable Thread waiting;

    /** The first reason counts. */
    void stop(Stop reason) {
        lock.lock();
        try {
            if (stopped != null) {
                return;
            }
            stopped = reason;
            if (child != null) {
                child.destroyForcibly();
            }
            if (waiting != null) {
                waiting.interrupt();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the child because the attempt cannot succeed any more; another one may. */
    void breakOff(String reason) {
        lock.lock();
        try {
            if (broken == null) {
                broken = reason;
                if (child != null) {
                    child.destroyForcibly();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Why the attempt was broken off; null when it was not. */
    @Nullable String broken() {
        lock.lock();
        try {
            return broken;
        } finally {
            lock.unlock();
        }
    }

    @Nullable Stop stopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    void childStarted(Process process) {
        lock.lock();
        try {
            child = process;
            if (stopped != null || broken != null) {
                process.destroyForcibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs something that a stop interrupts. */
    <T> T interruptibly(Callable<T> work) throws Exception {
        lock.lock();
        try {
            if (stopped != null) {
                throw new InterruptedException();
            }
            waiting = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            return work.call();
        } finally {
            lock.lock();
            try {
                waiting = null;
                // A stop that came too late for the work must not interrupt what follows.
                Thread.interrupted();
            } finally {
                lock.unlock();
            }
        }
    }
}

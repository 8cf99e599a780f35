package dev.tideline.training.job;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Stops a run wherever it is: waiting for another service, or waiting for its child process. */
final class RunControl {

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Stop stopped;
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
            if (stopped != null) {
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

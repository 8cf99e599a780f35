package dev.tideline.platform.replay;

import dev.tideline.platform.console.Console;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** What became of the requests. */
final class ReplayReport {

    private static final int SHOWN = 5;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Long> nanos = new ArrayList<>();
    private final List<String> different = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private long failed;
    private long differing;

    void answered(long time, String id, boolean same) {
        lock.lock();
        try {
            nanos.add(time);
            if (!same && differing++ < SHOWN) {
                different.add(id);
            }
        } finally {
            lock.unlock();
        }
    }

    void failed(String id, String why) {
        lock.lock();
        try {
            if (failed++ < SHOWN) {
                failures.add(id + ": " + why.lines().map(String::strip).collect(Collectors.joining(" ")));
            }
        } finally {
            lock.unlock();
        }
    }

    long answered() {
        return nanos.size();
    }

    long failed() {
        return failed;
    }

    long differing() {
        return differing;
    }

    /** Once nobody adds any more. */
    void print(Console console, double seconds) {
        if (nanos.isEmpty() && failed == 0) {
            console.line("nothing to replay (expected: files that end in .tfrecord, with predictions of the model)");
            return;
        }
        console.line(String.format(Locale.ROOT, "%d requests in %.1f s, %d failed, %d answers differ from the log",
                nanos.size() + failed, seconds, failed, differing));
        if (!nanos.isEmpty()) {
            Collections.sort(nanos);
            console.line(String.format(Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, longest %.2f ms", millis(0.5), millis(0.99), millis(1)));
        }
        different.forEach(id -> console.line("differs: " + id));
        failures.forEach(failure -> console.line("failed: " + failure));
    }

    private double millis(double share) {
        return nanos.get((int) Math.min(nanos.size() - 1, Math.floor(nanos.size() * share))) / 1e6;
    }
}

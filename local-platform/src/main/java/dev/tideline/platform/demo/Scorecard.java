package dev.tideline.platform.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How often the served model was right, by part of the story and by version. Thread-safe. */
final class Scorecard {

    private static final int RECENT_BATCHES = 60;

    /** Parts of the story, for rows in the order they were answered. */
    enum Phase {
        /** Until the drift: known, or noticed. */
        BEFORE_DRIFT,
        /** From then on, while the first version still answers. */
        AFTER_DRIFT,
        /** Answered by a later version. */
        AFTER_SWAP
    }

    /** Right answers among rows. */
    record Tally(long rows, long right) {

        static final Tally NONE = new Tally(0, 0);

        Tally plus(long moreRows, long moreRight) {
            return new Tally(rows + moreRows, right + moreRight);
        }

        /** 0 to 1; null without rows. */
        @Nullable Double accuracy() {
            return rows == 0 ? null : (double) right / rows;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Phase, Tally> phases = new EnumMap<>(Phase.class);
    private final SortedMap<Long, Tally> versions = new TreeMap<>();
    private final Deque<Tally> recent = new ArrayDeque<>();
    private Tally unchanged = Tally.NONE;
    private Tally first = Tally.NONE;

    void add(Phase phase, long version, int rows, int right) {
        lock.lock();
        try {
            phases.merge(phase, new Tally(rows, right), (a, b) -> a.plus(b.rows(), b.right()));
            versions.merge(version, new Tally(rows, right), (a, b) -> a.plus(b.rows(), b.right()));
            recent.addLast(new Tally(rows, right));
            if (recent.size() > RECENT_BATCHES) {
                recent.removeFirst();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Counts rows for the two that never learn: always the label before, and the first model. */
    void addRivals(int rows, int unchangedRight, int firstRows, int firstRight) {
        lock.lock();
        try {
            unchanged = unchanged.plus(rows, unchangedRight);
            first = first.plus(firstRows, firstRight);
        } finally {
            lock.unlock();
        }
    }

    Tally phase(Phase phase) {
        lock.lock();
        try {
            return phases.getOrDefault(phase, Tally.NONE);
        } finally {
            lock.unlock();
        }
    }

    /** Over the newest answers. */
    Tally recent() {
        lock.lock();
        try {
            return recent.stream().reduce(Tally.NONE, (a, b) -> a.plus(b.rows(), b.right()));
        } finally {
            lock.unlock();
        }
    }

    SortedMap<Long, Tally> versions() {
        lock.lock();
        try {
            return new TreeMap<>(versions);
        } finally {
            lock.unlock();
        }
    }

    /** What answering with the label of the row before would have got. */
    Tally unchanged() {
        lock.lock();
        try {
            return unchanged;
        } finally {
            lock.unlock();
        }
    }

    /** What the first version alone got, on the rows that it was asked about. */
    Tally first() {
        lock.lock();
        try {
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a predicted label is the true one; numbers are compared as numbers. */
    static boolean same(JsonNode predicted, JsonNode actual) {
        return predicted.isNumber() && actual.isNumber()
                ? predicted.doubleValue() == actual.doubleValue()
                : predicted.asString("").equals(actual.asString(""));
    }
}

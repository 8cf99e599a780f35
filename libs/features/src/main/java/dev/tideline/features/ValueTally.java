package dev.tideline.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Counts values by their bytes, and hands the counts on when it is full: what comes often costs the sketches once a round instead of
 * once a record.
 */
final class ValueTally {

    /** What the bytes of a value read as. */
    interface Reading {
        String read(byte[] bytes, int from, int length);
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;
    private static final int FIRST_VALUES = 32;
    private static final int MOST_VALUES = 2048;
    private static final int MOST_BYTES = 1 << 16;
    /** Longer values hardly come twice. */
    private static final int LONGEST = 256;

    private final ValueCounts counts;
    private final Reading reading;
    private final byte[] integer = new byte[8];
    /** Index of a value plus one; twice as many as values, so that a search ends soon. */
    private int[] slots = new int[2 * FIRST_VALUES];
    private int[] ends = new int[FIRST_VALUES];
    private long[] seen = new long[FIRST_VALUES];
    private byte[] bytes = new byte[16 * FIRST_VALUES];
    private int values;

    ValueTally(ValueCounts counts, Reading reading) {
        this.counts = counts;
        this.reading = reading;
    }

    static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    static String integer(byte[] bytes, int from, int length) {
        return Long.toString((long) LONG.get(bytes, from));
    }

    void add(long value) {
        LONG.set(integer, 0, value);
        add(integer, 0, integer.length);
    }

    void add(byte[] source, int from, int length) {
        if (length > LONGEST) {
            counts.add(reading.read(source, from, length));
            return;
        }
        int slot = slot(source, from, length);
        if (slots[slot] > 0) {
            seen[slots[slot] - 1]++;
            return;
        }
        if (values == ends.length || end() + length > bytes.length) {
            makeRoom(length);
            slot = slot(source, from, length);
        }
        System.arraycopy(source, from, bytes, end(), length);
        ends[values] = end() + length;
        seen[values] = 1;
        slots[slot] = ++values;
    }

    /** Hands everything on. */
    void drain() {
        for (int i = 0; i < values; i++) {
            counts.add(reading.read(bytes, start(i), ends[i] - start(i)), seen[i]);
        }
        values = 0;
        Arrays.fill(slots, 0);
    }

    private int slot(byte[] source, int from, int length) {
        int slot = hash(source, from, length) & slots.length - 1;
        while (slots[slot] > 0 && !equal(slots[slot] - 1, source, from, length)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slot;
    }

    private boolean equal(int value, byte[] source, int from, int length) {
        int start = start(value);
        if (ends[value] - start != length) {
            return false;
        }
        if (length < Long.BYTES) {
            return few(bytes, start, length) == few(source, from, length);
        }
        int last = length - Long.BYTES;
        long different = (long) LONG.get(bytes, start + last) ^ (long) LONG.get(source, from + last);
        for (int at = 0; at < last; at += Long.BYTES) {
            different |= (long) LONG.get(bytes, start + at) ^ (long) LONG.get(source, from + at);
        }
        return different == 0;
    }

    private void makeRoom(int length) {
        boolean grown = false;
        if (values == ends.length && values < MOST_VALUES) {
            ends = Arrays.copyOf(ends, 2 * values);
            seen = Arrays.copyOf(seen, 2 * values);
            rehash();
            grown = true;
        }
        if (end() + length > bytes.length && bytes.length < MOST_BYTES) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end() + length));
            grown = true;
        }
        if (!grown || values == ends.length || end() + length > bytes.length) {
            drain();
        }
    }

    private void rehash() {
        slots = new int[2 * ends.length];
        for (int i = 0; i < values; i++) {
            slots[slot(bytes, start(i), ends[i] - start(i))] = i + 1;
        }
    }

    private int start(int value) {
        return value == 0 ? 0 : ends[value - 1];
    }

    private int end() {
        return start(values);
    }

    /** Eight bytes at a time, the last of which may have been looked at before: one step for a short value instead of one a byte. */
    private static int hash(byte[] source, int from, int length) {
        long hash = length;
        if (length < Long.BYTES) {
            hash = mixed(hash ^ few(source, from, length));
        } else {
            int last = from + length - Long.BYTES;
            for (int at = from; at < last; at += Long.BYTES) {
                hash = mixed(hash ^ (long) LONG.get(source, at));
            }
            hash = mixed(hash ^ (long) LONG.get(source, last));
        }
        // Every bit of a product is in its upper half, and few of them in the lower.
        return (int) (hash >>> 32);
    }

    private static long mixed(long hash) {
        return (hash ^ hash >>> 32) * MULTIPLIER;
    }

    /** Fewer than eight bytes as a number of their own among those of the same length. */
    private static long few(byte[] source, int from, int length) {
        if (length >= Integer.BYTES) {
            return (int) INT.get(source, from) & 0xffffffffL | (long) (int) INT.get(source, from + length - Integer.BYTES) << 32;
        }
        return length == 0 ? 0
                : source[from] & 0xff | (source[from + (length >> 1)] & 0xff) << 8 | (source[from + length - 1] & 0xff) << 16;
    }
}

package dev.tideline.inference.rest;

import java.util.Arrays;

/** Bytes that grow. */
final class ByteSink {

    private byte[] bytes;
    private int length;

    ByteSink(int expected) {
        this.bytes = new byte[Math.max(32, expected)];
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, bytes.length + (bytes.length >> 1)));
        }
    }

    void put(char ascii) {
        ensure(1);
        bytes[length++] = (byte) ascii;
    }

    void ascii(String text) {
        int n = text.length();
        ensure(n);
        for (int i = 0; i < n; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
    }

    void put(byte[] source, int from, int to) {
        ensure(to - from);
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
    }

    void spaces(int count) {
        ensure(count);
        Arrays.fill(bytes, length, length + count, (byte) ' ');
        length += count;
    }

    /** A non-negative number in exactly {@code count} digits. */
    void digits(long value, int count) {
        ensure(count);
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    void number(long value) {
        if (value == Long.MIN_VALUE) {
            ascii(Long.toString(value));
            return;
        }
        if (value < 0) {
            put('-');
        }
        long magnitude = Math.abs(value);
        int count = 1;
        for (long rest = magnitude; rest >= 10; rest /= 10) {
            count++;
        }
        digits(magnitude, count);
    }
}

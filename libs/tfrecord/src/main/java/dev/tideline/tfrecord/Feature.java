package dev.tideline.tfrecord;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A {@code tf.train.Feature}: a list of floats, of longs or of byte strings. Arrays are shared, not copied. */
public sealed interface Feature {

    /** Number of values. */
    int size();

    default boolean isEmpty() {
        return size() == 0;
    }

    static Floats floats(float... values) {
        return new Floats(values);
    }

    static Longs longs(long... values) {
        return new Longs(values);
    }

    /** Byte strings that hold {@code values} in UTF-8. */
    static Bytes text(String... values) {
        byte[][] bytes = new byte[values.length][];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = values[i].getBytes(StandardCharsets.UTF_8);
        }
        return new Bytes(bytes);
    }

    /** {@code float_list}. */
    record Floats(float[] values) implements Feature {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Floats floats && Arrays.equals(values, floats.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** {@code int64_list}. */
    record Longs(long[] values) implements Feature {
        @Override
        public int size() {
            return values.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Longs longs && Arrays.equals(values, longs.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return Arrays.toString(values);
        }
    }

    /** {@code bytes_list}. */
    record Bytes(byte[][] values) implements Feature {
        @Override
        public int size() {
            return values.length;
        }

        /** Value {@code index} as UTF-8 text. */
        public String text(int index) {
            return new String(values[index], StandardCharsets.UTF_8);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes bytes && Arrays.deepEquals(values, bytes.values);
        }

        @Override
        public int hashCode() {
            return Arrays.deepHashCode(values);
        }

        @Override
        public String toString() {
            String[] texts = new String[values.length];
            Arrays.setAll(texts, this::text);
            return Arrays.toString(texts);
        }
    }
}

package dev.tideline.inference.rest;

import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Values;
import java.util.Arrays;

/** Elements from number tokens. */
abstract class NumberElements extends JsonElements {

    private final JsonNumber number;

    NumberElements(DataType type, JsonNumber number) {
        super(type);
        this.number = number;
    }

    @Override
    final boolean add(JsonCursor cursor, int token, int index) {
        if (!isNumber(token)) {
            return false;
        }
        cursor.moveTo(number.read(cursor.position()));
        return set(number, index);
    }

    abstract boolean set(JsonNumber token, int index);

    /** Any number; too large a one becomes infinite. */
    static final class Floats extends NumberElements {
        private float[] array = new float[16];

        Floats(JsonNumber number) {
            super(DataType.FLOAT, number);
        }

        @Override
        int run(JsonCursor cursor) {
            NumberRuns runs = cursor.runs();
            cursor.peek();
            int run = runs == null ? -1 : runs.at(cursor.position());
            if (runs == null || run < 0) {
                return 0;
            }
            int n = runs.count(run);
            ensure(n);
            runs.copy(run, array, size());
            cursor.moveTo(runs.end(run));
            return n;
        }

        @Override
        boolean set(JsonNumber token, int index) {
            array[index] = (float) token.doubleValue();
            return true;
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Floats(array);
        }
    }

    static final class Doubles extends NumberElements {
        private double[] array = new double[16];

        Doubles(JsonNumber number) {
            super(DataType.DOUBLE, number);
        }

        @Override
        boolean set(JsonNumber token, int index) {
            array[index] = token.doubleValue();
            return true;
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Doubles(array);
        }
    }

    /** Integer tokens of 32 bits; narrower types keep the low bits, as TensorFlow Serving does. */
    private static boolean fitsInt(JsonNumber token) {
        return token.fitsLong() && token.longValue() == (int) token.longValue();
    }

    static final class Ints extends NumberElements {
        private final boolean unsigned;
        private int[] array = new int[16];

        Ints(DataType type, JsonNumber number) {
            super(type, number);
            this.unsigned = type == DataType.UINT32;
        }

        @Override
        boolean set(JsonNumber token, int index) {
            int value = (int) token.longValue();
            array[index] = value;
            return unsigned ? token.fitsLong() && token.longValue() == Integer.toUnsignedLong(value) : fitsInt(token);
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Ints(array);
        }
    }

    static final class Shorts extends NumberElements {
        private short[] array = new short[16];

        Shorts(DataType type, JsonNumber number) {
            super(type, number);
        }

        @Override
        boolean set(JsonNumber token, int index) {
            array[index] = (short) token.longValue();
            return fitsInt(token);
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Shorts(array);
        }
    }

    static final class Bytes extends NumberElements {
        private byte[] array = new byte[16];

        Bytes(DataType type, JsonNumber number) {
            super(type, number);
        }

        @Override
        boolean set(JsonNumber token, int index) {
            array[index] = (byte) token.longValue();
            return fitsInt(token);
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Bytes(array);
        }
    }

    static final class Longs extends NumberElements {
        private final boolean unsigned;
        private long[] array = new long[16];

        Longs(DataType type, JsonNumber number) {
            super(type, number);
            this.unsigned = type == DataType.UINT64;
        }

        @Override
        boolean set(JsonNumber token, int index) {
            array[index] = unsigned ? token.unsignedLongValue() : token.longValue();
            return unsigned ? token.fitsUnsignedLong() : token.fitsLong();
        }

        @Override
        void grow(int newCapacity) {
            array = Arrays.copyOf(array, newCapacity);
        }

        @Override
        Values values() {
            return new Values.Longs(array);
        }
    }
}

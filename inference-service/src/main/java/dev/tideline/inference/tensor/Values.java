package dev.tideline.inference.tensor;

/** A Java array with elements of tensors; several tensors may share one. Nobody writes to it once a tensor shows it. */
public sealed interface Values {

    int length();

    record Floats(float[] array) implements Values {
        @Override
        public int length() {
            return array.length;
        }
    }

    record Doubles(double[] array) implements Values {
        @Override
        public int length() {
            return array.length;
        }
    }

    /** Elements of one byte; a boolean is 0 or 1. */
    record Bytes(byte[] array) implements Values {
        @Override
        public int length() {
            return array.length;
        }
    }

    /** Elements of two bytes: integers, or the bits of half and bfloat16. */
    record Shorts(short[] array) implements Values {
        @Override
        public int length() {
            return array.length;
        }
    }

    record Ints(int[] array) implements Values {
        @Override
        public int length() {
            return array.length;
        }
    }

    record Longs(long[] array) implements Values {
        @Override
        public int length() {
            return array.length;
        }
    }

    /** Byte strings of any length; text is UTF-8. */
    record Strings(byte[][] array) implements Values {
        @Override
        public int length() {
            return array.length;
        }
    }
}

package dev.tideline.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Up to eight decimal digits at a time, in one long and without a branch (D. Lemire, "Quickly parsing eight digits", 2018). */
public final class EightDigits {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ZEROS = 0x3030303030303030L;

    private EightDigits() {}

    /** Eight bytes from {@code from} on, each 0 to 9 where it is a digit. */
    public static long load(byte[] text, int from) {
        return (long) LONG.get(text, from) ^ ZEROS;
    }

    /** How many of what {@link #load} gave are digits, from the first on: 0 to 8. */
    public static int count(long bytes) {
        // A carry out of a byte that is no digit changes only what comes behind it.
        long others = (bytes + 0x7676767676767676L | bytes) & 0x8080808080808080L;
        return Long.numberOfTrailingZeros(others) >>> 3;
    }

    /** The number that the first {@code count} of them make, 0 of none. */
    public static long value(long bytes, int count) {
        // What comes first is worth most, so zeros go before the digits; in two steps, since a shift by 64 is one by none.
        long digits = bytes << 4 * (Byte.SIZE - count) << 4 * (Byte.SIZE - count);
        digits = digits * 10 + (digits >>> 8);
        return (digits & 0x000000FF000000FFL) * 0x000F424000000064L + (digits >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L >>> 32;
    }
}

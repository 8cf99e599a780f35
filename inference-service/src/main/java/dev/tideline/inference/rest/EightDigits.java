package dev.tideline.inference.rest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight decimal digits at a time, in one long (D. Lemire, "Quickly parsing eight digits", 2018). */
final class EightDigits {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private EightDigits() {}

    /** Whether there are eight bytes, all digits. */
    static boolean at(byte[] text, int from) {
        if (from + 8 > text.length) {
            return false;
        }
        long bytes = (long) LONG.get(text, from);
        return ((bytes & 0xF0F0F0F0F0F0F0F0L) | ((bytes + 0x0606060606060606L & 0xF0F0F0F0F0F0F0F0L) >>> 4)) == 0x3333333333333333L;
    }

    static long value(byte[] text, int from) {
        long digits = (long) LONG.get(text, from) - 0x3030303030303030L;
        digits = digits * 10 + (digits >>> 8);
        return (digits & 0x000000FF000000FFL) * 0x000F424000000064L + (digits >>> 16 & 0x000000FF000000FFL) * 0x0000271000000001L >>> 32;
    }
}

package dev.tideline.tfrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Neighbouring entries that look the same in row after row but for their numbers: compared eight bytes at a time with what they were,
 * the numbers masked out, instead of read entry by entry. Of a float nothing is compared; of a whole number, that it has one byte.
 */
final class FixedRun {

    static final int LEAST = 8;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final int length;
    private final long[] words;
    private final long[] masks;
    /** The last eight bytes, which overlap the last of the words. */
    private final long lastWord;
    private final long lastMask;

    /**
     * @param bytes the entries as they are
     * @param mask  which of their bits are always the same; as long, at least {@value #LEAST} bytes
     */
    FixedRun(byte[] bytes, byte[] mask) {
        length = bytes.length;
        words = new long[length / Long.BYTES];
        masks = new long[words.length];
        for (int i = 0; i < words.length; i++) {
            masks[i] = (long) LONG.get(mask, i * Long.BYTES);
            words[i] = (long) LONG.get(bytes, i * Long.BYTES);
        }
        lastMask = (long) LONG.get(mask, length - Long.BYTES);
        lastWord = (long) LONG.get(bytes, length - Long.BYTES);
    }

    int length() {
        return length;
    }

    /** Whether the same entries begin at {@code at}, with room for them until {@code end}. */
    boolean matches(byte[] in, int at, int end) {
        if (end - at < length) {
            return false;
        }
        long different = ((long) LONG.get(in, at + length - Long.BYTES) ^ lastWord) & lastMask;
        for (int i = 0; i < words.length; i++) {
            different |= ((long) LONG.get(in, at + i * Long.BYTES) ^ words[i]) & masks[i];
        }
        return different == 0;
    }
}

package dev.tideline.features;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntToDoubleFunction;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.memory.Memory;

/**
 * A block of values as a KLL sketch made at one go: put in order once, and every 2^h-th value kept at height h. That is what h compactors of
 * the block's size would leave (Karnin, Lang, Liberty 2016), and larger compactors err less than the sketch's own.
 */
final class KllBlock {

    /** Values that are kept; fewer than the top level may have. */
    private static final int KEPT = 256;
    /** Binary form of the library (KllPreambleUtil): full preamble, serial version, family. */
    private static final byte PREAMBLE_INTS = 5;
    private static final byte SERIAL_VERSION = 1;
    private static final byte FAMILY = 15;
    private static final byte M = 8;

    private KllBlock() {}

    /** Whether so many values make a block: {@value #KEPT} times a power of two, from 4 on. */
    static boolean fits(int count) {
        return count >= 4 * KEPT && Integer.bitCount(count) == 1;
    }

    /** How far apart the values are that are kept of so many. */
    static int step(int count) {
        return count / KEPT;
    }

    /**
     * A sketch of values that stand in ascending order, or at least those of them that are {@link #step} apart.
     *
     * @param seed decides which of each 2^h neighbours is kept; has to differ from block to block
     */
    static KllDoublesSketch of(IntToDoubleFunction sorted, int count, double min, double max, long seed) {
        int step = step(count);
        int height = Integer.numberOfTrailingZeros(step);
        ByteBuffer image = ByteBuffer.allocate(20 + 4 * (height + 1) + 8 * (KEPT + 2)).order(ByteOrder.LITTLE_ENDIAN);
        image.put(PREAMBLE_INTS).put(SERIAL_VERSION).put(FAMILY).put((byte) 0).putShort((short) NumericStatistics.K).put(M).put((byte) 0);
        image.putLong(count).putShort((short) NumericStatistics.K).put((byte) (height + 1)).put((byte) 0);
        for (int level = 0; level <= height; level++) {
            image.putInt(capacity(height + 1) - KEPT);
        }
        image.putDouble(min).putDouble(max);
        for (int i = mixed(seed, step); i < count; i += step) {
            image.putDouble(sorted.applyAsDouble(i));
        }
        return KllDoublesSketch.heapify(Memory.wrap(image.array()));
    }

    /** Items that a sketch of so many levels has room for: K at the top, two thirds of the level above below it, but at least M. */
    private static int capacity(int levels) {
        int capacity = 0;
        long power = 1;
        for (int depth = 0; depth < levels; depth++) {
            capacity += (int) Math.max(M, (((long) NumericStatistics.K << depth + 1) / power + 1) >>> 1);
            power *= 3;
        }
        return capacity;
    }

    /** A number from 0 to {@code bound} - 1 that looks random (the finalizer of SplittableRandom). */
    private static int mixed(long seed, int bound) {
        long z = (seed ^ seed >>> 33) * 0xff51afd7ed558ccdL;
        z = (z ^ z >>> 33) * 0xc4ceb9fe1a85ec53L;
        return (int) (z >>> 33) & bound - 1;
    }
}

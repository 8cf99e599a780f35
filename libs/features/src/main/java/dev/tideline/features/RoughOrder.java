package dev.tideline.features;

import java.util.Arrays;

/**
 * Finds which float stands about at a place in the order of a block, without putting the block in order: values are counted by the
 * {@value #SLOTS}th of the range they lie in, and each slot remembers one of its own. It takes a quarter of the time of sorting, and that of
 * every 2^h values one is kept does not need more.
 */
final class RoughOrder {

    private static final int SLOTS = 4096;

    private final int[] counts = new int[SLOTS];
    private final float[] ofSlot = new float[SLOTS];
    private short[] slots = {};
    private float min;
    private float max;
    /** Where the last place was found, and how many values stand up to there. */
    private int slot;
    private int passed;

    /**
     * Looks at the first {@code size} values.
     *
     * @param most fewer values than this may lie in one slot, so that what {@link #at} says is fewer places off; a power of two
     * @return false when more do, as they do when a few values are far from all others
     */
    boolean order(float[] values, int size, int most) {
        findRange(values, size);
        float scale = (SLOTS - 1) / (max - min);
        if (!(scale > 0 && scale < Float.MAX_VALUE)) {
            return false;
        }
        if (slots.length < size) {
            slots = new short[size];
        }
        for (int i = 0; i < size; i++) {
            slots[i] = (short) ((values[i] - min) * scale);
        }
        return count(values, size) < most;
    }

    /** A value of the block that stands there or fewer than {@code most} places away. Places are asked for in ascending order. */
    float at(int place) {
        while (passed <= place) {
            passed += counts[++slot];
        }
        return ofSlot[slot];
    }

    float min() {
        return min;
    }

    float max() {
        return max;
    }

    private void findRange(float[] values, int size) {
        float least = values[0];
        float greatest = values[0];
        for (int i = 1; i < size; i++) {
            least = Math.min(least, values[i]);
            greatest = Math.max(greatest, values[i]);
        }
        min = least;
        max = greatest;
    }

    /** Returns all bits of the numbers of values in the slots, which is below a power of two if they all are. */
    private int count(float[] values, int size) {
        Arrays.fill(counts, 0);
        for (int i = 0; i < size; i++) {
            int mine = slots[i] & SLOTS - 1;
            counts[mine]++;
            ofSlot[mine] = values[i];
        }
        int bits = 0;
        for (int count : counts) {
            bits |= count;
        }
        slot = -1;
        passed = 0;
        return bits;
    }
}

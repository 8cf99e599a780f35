package dev.tideline.features;

import java.util.Arrays;

/**
 * Whole numbers from 0 to 255, as labels, codes and flags are: each is counted at its own place, without a search, and a block of them is put in
 * order by how many there are of each.
 */
final class LowIntegers {

    private static final int END = 256;

    private final long[] seen = new long[END];

    /** Counts the value; false when it is none of these. */
    boolean add(long value) {
        if ((value & -END) != 0) {
            return false;
        }
        seen[(int) value]++;
        return true;
    }

    /** Hands all counts on and forgets them. */
    void drain(ValueCounts counts) {
        for (int value = 0; value < END; value++) {
            if (seen[value] > 0) {
                counts.add(Integer.toString(value), seen[value]);
                seen[value] = 0;
            }
        }
    }

    /** Puts whole numbers in order; false, with all where it was, when one of them is not one of these. */
    static boolean sort(double[] values, int size) {
        int[] times = new int[END];
        for (int i = 0; i < size; i++) {
            int value = (int) values[i];
            if ((value & -END) != 0) {
                return false;
            }
            times[value]++;
        }
        int at = 0;
        for (int value = 0; value < END; value++) {
            int end = at + times[value];
            Arrays.fill(values, at, end, value);
            at = end;
        }
        return true;
    }
}

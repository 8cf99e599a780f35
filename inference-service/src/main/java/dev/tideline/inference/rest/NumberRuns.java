package dev.tideline.inference.rest;

import dev.tideline.features.EightDigits;
import java.util.Arrays;

/**
 * Floats that were read while the grammar of a body was checked, before anybody knows what type the numbers should have. Mostly it is float:
 * then the second look at the text finds them here. Numbers stand in runs, with commas between; what is no plain number, such as NaN
 * or one with more digits than a long has, ends a run and is read later.
 */
final class NumberRuns {

    private static final int LONG_DIGITS = 19;
    private static final int MAX_EXPONENT = 9999;
    private static final long[] POWERS = new long[9];
    /** By byte: whether a number may begin with it. */
    private static final boolean[] BEGINS = new boolean[256];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        Arrays.fill(BEGINS, '0', '9' + 1, true);
        BEGINS['-'] = true;
    }

    private float[] values = new float[64];
    private int size;
    /** Per run where it begins and ends in the text, and where in {@link #values}; the last is where the next will. */
    private int[] starts = new int[16];
    private int[] ends = new int[16];
    private int[] firsts = new int[17];
    private int runs;

    /**
     * Reads numbers as long as they are well-formed.
     *
     * @param from where a number of a list may begin
     * @return behind the last that was read; {@code from} when there was none
     */
    int scan(byte[] text, int from, int end) {
        int at = from;
        int next = from;
        while (next >= 0) {
            int behind = number(text, next, end);
            if (behind < 0) {
                break;
            }
            at = behind;
            next = next(text, behind, end);
        }
        if (at > from) {
            record(from, at);
        }
        return at;
    }

    private void record(int from, int to) {
        if (runs == starts.length) {
            starts = Arrays.copyOf(starts, runs * 2);
            ends = Arrays.copyOf(ends, runs * 2);
            firsts = Arrays.copyOf(firsts, runs * 2 + 1);
        }
        starts[runs] = from;
        ends[runs++] = to;
        firsts[runs] = size;
    }

    /** Keeps everything in local variables: every number of a request comes by here. Returns its end, negative when it is for others. */
    private int number(byte[] text, int from, int end) {
        if (from >= end) {
            return -1;
        }
        // Signs cannot be predicted: a branch would cost more than the number.
        int sign = ((text[from] & 0xFF) ^ '-') - 1 >>> 31;
        int start = from + sign;
        int i = start;
        long mantissa = 0;
        for (int digit; i < end && (digit = text[i] - '0') >= 0 && digit <= 9; i++) {
            mantissa = mantissa * 10 + digit;
        }
        int digits = i - start;
        if (digits == 0 || digits > 1 && text[start] == '0') {
            return -1;
        }
        int scale = 0;
        if (i < end && text[i] == '.') {
            int point = ++i;
            int some = 8;
            while (some == 8 && i + 8 <= end) {
                long bytes = EightDigits.load(text, i);
                some = EightDigits.count(bytes);
                if (some > 0) {
                    mantissa = mantissa * POWERS[some] + EightDigits.value(bytes, some);
                    i += some;
                }
            }
            for (int digit; some == 8 && i < end && (digit = text[i] - '0') >= 0 && digit <= 9; i++) {
                mantissa = mantissa * 10 + digit;
            }
            scale = point - i;
            if (scale == 0) {
                return -1;
            }
            digits -= scale;
        }
        if (digits > LONG_DIGITS && digits - leadingZeros(text, start) > LONG_DIGITS) {
            return -1;
        }
        if (i < end && (text[i] | 0x20) == 'e') {
            boolean down = ++i < end && text[i] == '-';
            i += i < end && (down || text[i] == '+') ? 1 : 0;
            int first = i;
            int exponent = 0;
            for (int digit; i < end && (digit = text[i] - '0') >= 0 && digit <= 9; i++) {
                exponent = Math.min(MAX_EXPONENT, exponent * 10 + digit);
            }
            if (i == first) {
                return -1;
            }
            scale += down ? -exponent : exponent;
        }
        float value = Decimal.toFloat(mantissa, scale);
        if (value != value) {
            return -1;
        }
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = Float.intBitsToFloat(Float.floatToRawIntBits(value) | sign << 31);
        return i;
    }

    /** Digits that add nothing to the mantissa. */
    private static int leadingZeros(byte[] text, int from) {
        int zeros = 0;
        for (int i = from; text[i] == '0' || text[i] == '.'; i++) {
            zeros += text[i] == '0' ? 1 : 0;
        }
        return zeros;
    }

    /** Where the next number of the run begins; negative at its end. */
    private static int next(byte[] text, int from, int end) {
        if (from + 2 >= end || text[from] != ',') {
            return -1;
        }
        int next = text[from + 1] == ' ' ? from + 2 : from + 1;
        return BEGINS[text[next] & 0xFF] ? next : -1;
    }

    /** The run that begins at a place of the text; negative when none does. */
    int at(int position) {
        return Arrays.binarySearch(starts, 0, runs, position);
    }

    int count(int run) {
        return firsts[run + 1] - firsts[run];
    }

    int end(int run) {
        return ends[run];
    }

    void copy(int run, float[] into, int index) {
        System.arraycopy(values, firsts[run], into, index, count(run));
    }
}

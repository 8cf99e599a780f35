package dev.tideline.inference.rest;

/**
 * Reads numbers between commas into floats, in one loop that keeps everything in local variables: it meets every number of a large request.
 * What it does not know, such as NaN or more digits than a long has, it leaves where it is. Relies on a list whose grammar was checked before.
 */
final class FloatRun {

    private static final int LONG_DIGITS = 19;
    private static final int MAX_EXPONENT = 9999;

    private final byte[] text;
    private int at;

    FloatRun(byte[] text) {
        this.text = text;
    }

    /** Behind the last number that was read. */
    int position() {
        return at;
    }

    /**
     * Fills {@code into} from {@code index} on.
     *
     * @param from where a number may begin
     * @return how many were read
     */
    int read(int from, float[] into, int index) {
        byte[] bytes = text;
        int count = 0;
        at = from;
        int i = from;
        while (index + count < into.length) {
            boolean negative = bytes[i] == '-';
            i += negative ? 1 : 0;
            int start = i;
            long mantissa = 0;
            for (int digit; (digit = bytes[i] - '0') >= 0 && digit <= 9; i++) {
                mantissa = mantissa * 10 + digit;
            }
            int digits = i - start;
            int scale = 0;
            if (digits > 0 && bytes[i] == '.') {
                int point = ++i;
                while (EightDigits.at(bytes, i)) {
                    mantissa = mantissa * 100_000_000 + EightDigits.value(bytes, i);
                    i += 8;
                }
                for (int digit; (digit = bytes[i] - '0') >= 0 && digit <= 9; i++) {
                    mantissa = mantissa * 10 + digit;
                }
                scale = point - i;
                digits -= scale;
            }
            if (digits > LONG_DIGITS) {
                digits -= leadingZeros(bytes, start);
            }
            if ((bytes[i] | 0x20) == 'e') {
                boolean down = bytes[++i] == '-';
                i += down || bytes[i] == '+' ? 1 : 0;
                int exponent = 0;
                for (int digit; (digit = bytes[i] - '0') >= 0 && digit <= 9; i++) {
                    exponent = Math.min(MAX_EXPONENT, exponent * 10 + digit);
                }
                scale += down ? -exponent : exponent;
            }
            double value = digits == 0 || digits > LONG_DIGITS ? Double.NaN : Decimal.toDouble(mantissa, scale);
            if (value != value) {
                return count;
            }
            into[index + count++] = (float) (negative ? -value : value);
            at = i;
            i = next(bytes, i);
            if (i < 0) {
                return count;
            }
        }
        return count;
    }

    /** Digits that add nothing to the mantissa. */
    private static int leadingZeros(byte[] bytes, int from) {
        int zeros = 0;
        for (int i = from; bytes[i] == '0' || bytes[i] == '.'; i++) {
            zeros += bytes[i] == '0' ? 1 : 0;
        }
        return zeros;
    }

    /** Where the next number may begin; negative at the end of the list. */
    private static int next(byte[] bytes, int from) {
        int i = from;
        while (bytes[i] != ',') {
            if (bytes[i] == ']') {
                return -1;
            }
            i++;
        }
        i++;
        while (bytes[i] <= ' ') {
            i++;
        }
        return i;
    }
}

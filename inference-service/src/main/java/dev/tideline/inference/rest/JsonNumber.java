package dev.tideline.inference.rest;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A number token, read in place. Decimal text becomes the nearest double, by {@link Decimal} where that can tell. */
final class JsonNumber {

    /** More digits do not fit a long. */
    private static final int LONG_DIGITS = 19;
    private final byte[] text;
    private int start;
    private int end;
    private boolean negative;
    private boolean integer;
    private long mantissa;
    private int digits;
    private int scale;
    private boolean finite;

    JsonNumber(byte[] text) {
        this.text = text;
    }

    /**
     * Reads the token at {@code from}, whose grammar was checked before.
     *
     * @return where it ends
     */
    int read(int from) {
        start = from;
        mantissa = 0;
        digits = 0;
        scale = 0;
        integer = true;
        negative = text[from] == '-';
        int i = negative ? from + 1 : from;
        finite = text[i] <= '9';
        if (!finite) {
            integer = false;
            end = word(i);
            return end;
        }
        i = digits(i, false);
        if (i < text.length && text[i] == '.') {
            integer = false;
            i = digits(i + 1, true);
        }
        if (i < text.length && (text[i] | 0x20) == 'e') {
            integer = false;
            i = exponent(i + 1);
        }
        end = i;
        return end;
    }

    private int word(int from) {
        int i = from;
        while (i < text.length && Character.isLetter(text[i])) {
            i++;
        }
        return i;
    }

    /** Keeps what it counts in local variables: this loop meets every number of a request. */
    private int digits(int from, boolean fraction) {
        byte[] bytes = text;
        long value = mantissa;
        int i = from;
        int stop = Math.min(bytes.length, from + LONG_DIGITS - digits);
        for (int digit; i < stop && (digit = bytes[i] - '0') >= 0 && digit <= 9; i++) {
            value = value * 10 + digit;
        }
        mantissa = value;
        // Zeros that lead count as digits here; such a number at most takes the slow way.
        digits += i - from;
        scale -= fraction ? i - from : 0;
        for (; i < bytes.length && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            digits++;
            scale += fraction ? 0 : 1;
        }
        return i;
    }

    private int exponent(int from) {
        int i = from;
        boolean negativeExponent = text[i] == '-';
        if (negativeExponent || text[i] == '+') {
            i++;
        }
        int exponent = 0;
        for (; i < text.length && text[i] >= '0' && text[i] <= '9'; i++) {
            exponent = Math.min(100_000, exponent * 10 + (text[i] - '0'));
        }
        scale += negativeExponent ? -exponent : exponent;
        return i;
    }

    double doubleValue() {
        if (!finite) {
            return text[negative ? start + 1 : start] == 'N' ? Double.NaN
                    : negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        double value = digits <= LONG_DIGITS ? Decimal.toDouble(mantissa, scale) : Double.NaN;
        if (value != value) {
            return Double.parseDouble(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
        }
        return negative ? -value : value;
    }

    /** Whether it was written without point and exponent. */
    boolean isInteger() {
        return integer;
    }

    /** Whether it is such an integer and fits a long. */
    boolean fitsLong() {
        return integer && digits <= LONG_DIGITS && (mantissa >= 0 || negative && mantissa == Long.MIN_VALUE);
    }

    long longValue() {
        return negative ? -mantissa : mantissa;
    }

    boolean fitsUnsignedLong() {
        return integer && !negative && (digits <= LONG_DIGITS || digits == LONG_DIGITS + 1 && unsigned() != null);
    }

    long unsignedLongValue() {
        Long value = digits <= LONG_DIGITS ? Long.valueOf(mantissa) : unsigned();
        return value == null ? 0 : value;
    }

    private @Nullable Long unsigned() {
        try {
            return Long.parseUnsignedLong(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}

package dev.tideline.inference.rest;

import java.math.BigInteger;

/**
 * Decimal numbers as doubles: exactly where one operation of doubles is exact (Clinger 1990), else by a product with a power of five of 128
 * bits (Eisel and Lemire: D. Lemire, "Number Parsing at a Gigabyte per Second", 2021).
 */
final class Decimal {

    /** Up to here every whole number is a double. */
    private static final long EXACT = 1L << 53;
    private static final int EXACT_POWER = 22;
    /** Powers beyond are rare; they go the slow way. */
    private static final int MAX_POWER = 64;
    private static final double[] POWERS = new double[EXACT_POWER + 1];
    private static final double[] NEAR_POWERS = new double[2 * MAX_POWER + 1];
    /** The bits of a double that a float lacks. */
    private static final int FLOAT_BELOW = (1 << 29) - 1;
    private static final int NEAR = 8;
    /** By power, from the lowest on: the upper 64 of the 128 highest bits of the power of five, then the lower. */
    private static final long[] FIVES = new long[2 * (2 * MAX_POWER + 1)];
    /** Products with powers from here to the highest cannot miss a carry. */
    private static final int LOWEST_TIE = -27;
    private static final int HIGHEST_SAFE = 55;
    /** Bits below those that a double keeps, with the one that rounds: all ones means that the lower product may carry into them. */
    private static final long BELOW = 0x1FF;
    private static final int MANTISSA_BITS = 52;
    private static final int BIAS = 1023;

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
        for (int power = -MAX_POWER; power <= MAX_POWER; power++) {
            NEAR_POWERS[power + MAX_POWER] = Double.parseDouble("1e" + power);
            BigInteger bits = highestBits(power);
            FIVES[2 * (power + MAX_POWER)] = bits.shiftRight(64).longValue();
            FIVES[2 * (power + MAX_POWER) + 1] = bits.longValue();
        }
    }

    private Decimal() {}

    /** The first 128 bits of 5^power: cut off, and for small negative powers rounded up, which makes products of ties exact. */
    private static BigInteger highestBits(int power) {
        BigInteger five = BigInteger.valueOf(5).pow(Math.abs(power));
        if (power >= 0) {
            int excess = five.bitLength() - 128;
            return excess > 0 ? five.shiftRight(excess) : five.shiftLeft(-excess);
        }
        int bits = power >= LOWEST_TIE ? five.bitLength() + 127 : 2 * five.bitLength() + 128;
        BigInteger inverse = BigInteger.ONE.shiftLeft(bits).divide(five).add(BigInteger.ONE);
        return inverse.shiftRight(Math.max(0, inverse.bitLength() - 128));
    }

    /**
     * The double nearest to {@code mantissa * 10^scale}.
     *
     * @param mantissa unsigned
     * @return NaN when only exact arithmetic can tell
     */
    static double toDouble(long mantissa, int scale) {
        if (mantissa >= 0 && mantissa <= EXACT && scale >= -EXACT_POWER && scale <= EXACT_POWER) {
            return scale < 0 ? mantissa / POWERS[-scale] : mantissa * POWERS[scale];
        }
        if (mantissa == 0) {
            return 0;
        }
        return scale < -MAX_POWER || scale > MAX_POWER ? Double.NaN : product(mantissa, scale);
    }

    /**
     * The float nearest to the double nearest to {@code mantissa * 10^scale}. One rounded product is at most two units of a double's last place
     * off, which decides the float unless it lies that near to the middle between two.
     *
     * @param mantissa unsigned
     * @return NaN when only exact arithmetic can tell
     */
    static float toFloat(long mantissa, int scale) {
        if (mantissa >= 0 && scale >= -MAX_POWER && scale <= MAX_POWER) {
            double near = mantissa * NEAR_POWERS[scale + MAX_POWER];
            int middle = ((int) Double.doubleToRawLongBits(near) & FLOAT_BELOW) - (FLOAT_BELOW + 1) / 2;
            if ((middle > NEAR || middle < -NEAR) && near >= Float.MIN_NORMAL && near <= Float.MAX_VALUE) {
                return (float) near;
            }
        }
        return (float) toDouble(mantissa, scale);
    }

    private static double product(long mantissa, int scale) {
        int zeros = Long.numberOfLeadingZeros(mantissa);
        long normal = mantissa << zeros;
        int at = 2 * (scale + MAX_POWER);
        long high = Math.unsignedMultiplyHigh(normal, FIVES[at]);
        long low = normal * FIVES[at];
        if ((high & BELOW) == BELOW) {
            long carry = Math.unsignedMultiplyHigh(normal, FIVES[at + 1]);
            low += carry;
            if (Long.compareUnsigned(low, carry) < 0) {
                high++;
            }
            if (low == -1 && (scale < LOWEST_TIE || scale > HIGHEST_SAFE)) {
                return Double.NaN;
            }
        }
        int upper = (int) (high >>> 63);
        long bits = high >>> (upper + 9);
        // floor(scale * log2(10)), in fixed point.
        int exponent = (217_706 * scale >> 16) + 63 + upper - zeros + BIAS;
        if (low >= 0 && low <= 1 && scale >= -4 && scale <= 23 && (bits & 3) == 1 && bits << (upper + 9) == high) {
            // Half way exactly: to the even one.
            bits--;
        }
        bits = bits + (bits & 1) >>> 1;
        if (bits >>> MANTISSA_BITS + 1 != 0) {
            bits >>>= 1;
            exponent++;
        }
        return Double.longBitsToDouble((long) exponent << MANTISSA_BITS | bits & (1L << MANTISSA_BITS) - 1);
    }
}

package dev.tideline.inference.rest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * TensorFlow Serving's text of floating-point numbers: six significant digits when they lead back to the same number, else as many as
 * always do (9 for float, 17 for double); {@code printf}'s {@code %g}, with {@code .0} behind whole numbers.
 */
final class NumberText {

    private static final int SHORT = 6;
    private static final int FLOAT_DIGITS = 9;
    private static final int DOUBLE_DIGITS = 17;
    /** Digits that a double product still gets right; nearer to a tie than this, exact arithmetic decides. */
    private static final int FAST_DIGITS = 9;
    private static final double TIE_MARGIN = 1e-6;
    private static final int MAX_EXACT_POWER = 22;
    private static final long[] LONG_POWERS = new long[18];
    private static final double[] POWERS = new double[MAX_EXACT_POWER + 1];

    static {
        LONG_POWERS[0] = 1;
        for (int i = 1; i < LONG_POWERS.length; i++) {
            LONG_POWERS[i] = LONG_POWERS[i - 1] * 10;
        }
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private final ByteSink sink;
    private long digits;
    private int exponent;

    NumberText(ByteSink sink) {
        this.sink = sink;
    }

    void write(float value) {
        if (special(value)) {
            return;
        }
        double magnitude = Math.abs((double) value);
        round(magnitude, SHORT);
        if ((float) back(SHORT) != (float) magnitude) {
            round(magnitude, FLOAT_DIGITS);
            print(FLOAT_DIGITS);
        } else {
            print(SHORT);
        }
    }

    void write(double value) {
        if (special(value)) {
            return;
        }
        double magnitude = Math.abs(value);
        round(magnitude, SHORT);
        if (back(SHORT) != magnitude) {
            round(magnitude, DOUBLE_DIGITS);
            print(DOUBLE_DIGITS);
        } else {
            print(SHORT);
        }
    }

    /** Writes the sign of any number, and all of those that have no digits to find. */
    private boolean special(double value) {
        if (value != value) {
            sink.ascii("NaN");
            return true;
        }
        if (value < 0 || 1 / value < 0) {
            sink.put('-');
        }
        if (value == 0) {
            sink.ascii("0.0");
            return true;
        }
        if (Double.isInfinite(value)) {
            sink.ascii("Infinity");
            return true;
        }
        return false;
    }

    /** Finds the {@code precision} digits of a positive number, and the exponent of the first. */
    private void round(double value, int precision) {
        if (precision <= FAST_DIGITS) {
            exponent = exponent(value);
            if (fast(value, precision)) {
                return;
            }
        }
        BigDecimal exact = new BigDecimal(value).round(new MathContext(precision, RoundingMode.HALF_EVEN));
        int missing = precision - exact.precision();
        digits = exact.unscaledValue().longValueExact() * LONG_POWERS[missing];
        exponent = precision - 1 - (exact.scale() + missing);
    }

    /** Of the first digit. One too low or too high is found out later: then there are too many digits, or too few. */
    private static int exponent(double value) {
        // floor(log10(2) * binary exponent), in fixed point.
        int low = Math.getExponent(value) * 78_913 >> 18;
        int above = low + 1;
        double power = above >= 0 ? above <= MAX_EXACT_POWER ? POWERS[above] : Math.pow(10, above)
                : above >= -MAX_EXACT_POWER ? 1 / POWERS[-above] : Math.pow(10, above);
        return value >= power ? above : low;
    }

    private boolean fast(double value, int precision) {
        int power = precision - 1 - exponent;
        if (power > MAX_EXACT_POWER || power < -MAX_EXACT_POWER) {
            return false;
        }
        double scaled = power >= 0 ? value * POWERS[power] : value / POWERS[-power];
        long whole = (long) scaled;
        double rest = scaled - whole;
        if (Math.abs(rest - 0.5) < TIE_MARGIN) {
            return false;
        }
        digits = rest > 0.5 ? whole + 1 : whole;
        if (digits < LONG_POWERS[precision - 1] || digits > LONG_POWERS[precision]) {
            return false;
        }
        if (digits == LONG_POWERS[precision]) {
            digits /= 10;
            exponent++;
        }
        return true;
    }

    /** The number that the digits stand for. */
    private double back(int precision) {
        int power = exponent - precision + 1;
        if (power >= 0 && power <= MAX_EXACT_POWER) {
            return digits * POWERS[power];
        }
        if (power < 0 && power >= -MAX_EXACT_POWER) {
            return digits / POWERS[-power];
        }
        return Double.parseDouble(digits + "e" + power);
    }

    private void print(int precision) {
        int count = precision;
        while (count > 1 && digits % 10 == 0) {
            digits /= 10;
            count--;
        }
        if (exponent < -4 || exponent >= precision) {
            scientific(count);
        } else if (exponent < 0) {
            sink.ascii("0.");
            for (int i = -1; i > exponent; i--) {
                sink.put('0');
            }
            sink.digits(digits, count);
        } else {
            fixed(count);
        }
    }

    private void fixed(int count) {
        int whole = exponent + 1;
        if (count <= whole) {
            sink.digits(digits * LONG_POWERS[whole - count], whole);
            sink.ascii(".0");
        } else {
            long power = LONG_POWERS[count - whole];
            sink.digits(digits / power, whole);
            sink.put('.');
            sink.digits(digits % power, count - whole);
        }
    }

    private void scientific(int count) {
        long power = LONG_POWERS[count - 1];
        sink.digits(digits / power, 1);
        if (count > 1) {
            sink.put('.');
            sink.digits(digits % power, count - 1);
        }
        sink.put('e');
        sink.put(exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        sink.digits(size, size < 100 ? 2 : 3);
    }
}

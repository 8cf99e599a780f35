package dev.tideline.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks over the plain part of JSON in UTF-8. Every method says false, or -1, for what is not plain or not JSON. */
final class JsonCursor {

    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
        1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long[] TENS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};
    /** Sixteen more digits still fit into a long. */
    private static final long ROOMY = 100;
    /** Bytes that are looked at without asking where the text ends: sign, four digits, point, sixteen more and what follows them. */
    private static final int PLAIN = 23;
    private static final long EXACT = 1L << 53;
    /** One more digit still fits into a long. */
    private static final long FULL = 100_000_000_000_000_000L;
    private static final int MOST_EXPONENT = 1_000;

    private byte[] in = {};
    private int at;
    private int end;
    private int start;
    private boolean integral;
    /** 1 for a minus, else 0: signs come and go, so that a processor would guess wrong at a branch every other time. */
    private int minus;
    private long digits;
    private int exponent;

    void open(byte[] json) {
        in = json;
        at = 0;
        end = json.length;
    }

    boolean atEnd() {
        space();
        return at == end;
    }

    /** Passes over white space and then {@code wanted}. */
    boolean take(char wanted) {
        if (at < end && in[at] == wanted) {
            at++;
            return true;
        }
        space();
        if (at < end && in[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < end && in[at] <= ' ' && (in[at] == ' ' || in[at] == '\n' || in[at] == '\r' || in[at] == '\t')) {
            at++;
        }
    }

    /** The next byte behind white space; 0 at the end. */
    byte peek() {
        space();
        return at < end ? in[at] : 0;
    }

    /** A name as a cursor looks for it: in quotes with a colon behind, its first and last eight bytes as numbers. */
    record Name(byte[] quoted, long first, long last) {

        static Name of(String name) {
            byte[] quoted = ('"' + name + "\":").getBytes(StandardCharsets.UTF_8);
            boolean two = quoted.length >= Long.BYTES;
            return new Name(quoted, two ? (long) LONG.get(quoted, 0) : 0, two ? (long) LONG.get(quoted, quoted.length - Long.BYTES) : 0);
        }

        private boolean standsIn(byte[] in, int at, int end) {
            int length = quoted.length;
            if (end - at < length) {
                return false;
            }
            if (length >= Long.BYTES && length <= 2 * Long.BYTES) {
                return (long) LONG.get(in, at) == first && (long) LONG.get(in, at + length - Long.BYTES) == last;
            }
            return Arrays.equals(quoted, 0, length, in, at, at + length);
        }
    }

    /** Passes over a name in quotes with its colon, if it is this one. */
    boolean takeName(Name name) {
        if (name.standsIn(in, at, end)) {
            at += name.quoted.length;
            return true;
        }
        // White space before the colon.
        int colon = name.quoted.length - 1;
        if (end - at <= colon || !Arrays.equals(name.quoted, 0, colon, in, at, at + colon)) {
            return false;
        }
        int before = at;
        at += colon;
        if (take(':')) {
            return true;
        }
        at = before;
        return false;
    }

    boolean takeWord(byte[] word) {
        if (end - at < word.length || !Arrays.equals(word, 0, word.length, in, at, at + word.length)) {
            return false;
        }
        at += word.length;
        return true;
    }

    /** Passes over a string without escapes; it lies from {@link #start()} to {@link #stop()}. */
    boolean string() {
        if (at >= end || in[at] != '"') {
            return false;
        }
        start = ++at;
        boolean ascii = true;
        while (at < end && in[at] != '"') {
            byte b = in[at++];
            if (b == '\\' || b >= 0 && b < ' ') {
                return false;
            }
            ascii &= b >= 0;
        }
        if (at >= end) {
            return false;
        }
        at++;
        return ascii || isUtf8();
    }

    private boolean isUtf8() {
        byte[] again = new String(in, start, stop() - start, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, in, start, stop());
    }

    int start() {
        return start;
    }

    /** Behind the string's last byte. */
    int stop() {
        return at - 1;
    }

    /**
     * Passes over a number of the form that most senders write, a few digits before a point and up to fifteen behind it, and returns its nearest
     * double; NaN, without a step, for any other form.
     */
    double plainReal() {
        int next = at;
        if (end - next < PLAIN) {
            return Double.NaN;
        }
        long sign = in[next] == '-' ? 1 : 0;
        next += (int) sign;
        long whole = in[next++] - '0';
        if (whole < 0 || whole > 9) {
            return Double.NaN;
        }
        while (in[next] != '.') {
            int digit = in[next++] - '0';
            if (digit < 0 || digit > 9 || whole == 0 || whole >= ROOMY) {
                return Double.NaN;
            }
            whole = whole * 10 + digit;
        }
        long first = EightDigits.load(in, ++next);
        long second = EightDigits.load(in, next + Long.BYTES);
        int count = EightDigits.count(first);
        int more = EightDigits.count(second) * (count >>> 3);
        long all = (whole * TENS[count] + EightDigits.value(first, count)) * TENS[more] + EightDigits.value(second, more);
        int behind = count + more;
        next += behind;
        if (behind == 0 || behind == 2 * Long.BYTES || (in[next] | 0x20) == 'e' || all > EXACT) {
            return Double.NaN;
        }
        at = next;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(all / POWERS[behind]) ^ sign << 63);
    }

    /** Passes over a number of up to 18 digits. */
    boolean number() {
        start = at;
        minus = at < end && in[at] == '-' ? 1 : 0;
        at += minus;
        digits = 0;
        exponent = 0;
        integral = true;
        int first = at;
        if (!digits() || in[first] == '0' && at > first + 1) {
            return false;
        }
        if (at < end && in[at] == '.') {
            integral = false;
            at++;
            int point = at;
            if (!fraction()) {
                return false;
            }
            exponent = point - at;
        }
        return at >= end || (in[at] | 0x20) != 'e' || exponent();
    }

    private boolean digits() {
        int from = at;
        while (at < end && in[at] >= '0' && in[at] <= '9') {
            if (digits >= FULL) {
                return false;
            }
            digits = digits * 10 + in[at++] - '0';
        }
        return at > from;
    }

    /** Digits behind a point. Sixteen bytes are looked at in any case: how many digits there are is nothing to guess at a branch. */
    private boolean fraction() {
        if (end - at >= 2 * Long.BYTES && digits < ROOMY) {
            long first = EightDigits.load(in, at);
            long second = EightDigits.load(in, at + Long.BYTES);
            int count = EightDigits.count(first);
            int more = EightDigits.count(second) * (count >>> 3);
            digits = (digits * TENS[count] + EightDigits.value(first, count)) * TENS[more] + EightDigits.value(second, more);
            at += count + more;
            if (count + more < 2 * Long.BYTES || at == end || in[at] < '0' || in[at] > '9') {
                return count > 0;
            }
        }
        return digits();
    }

    private boolean exponent() {
        integral = false;
        at++;
        boolean down = at < end && in[at] == '-';
        at += at < end && (in[at] == '-' || in[at] == '+') ? 1 : 0;
        int from = at;
        int power = 0;
        while (at < end && in[at] >= '0' && in[at] <= '9' && power < MOST_EXPONENT) {
            power = power * 10 + in[at++] - '0';
        }
        exponent += down ? -power : power;
        return at > from && power < MOST_EXPONENT;
    }

    /** Whether the number has neither point nor exponent. */
    boolean integral() {
        return integral;
    }

    long longValue() {
        return (digits ^ -minus) + minus;
    }

    /** The nearest double, as {@link Double#parseDouble} finds it: exact digits times or by an exact power are rounded once. */
    double doubleValue() {
        if (integral) {
            return longValue();
        }
        if (digits > EXACT || exponent < -22 || exponent > 22) {
            return Double.parseDouble(new String(in, start, at - start, StandardCharsets.ISO_8859_1));
        }
        double value = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
        return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ (long) minus << 63);
    }
}

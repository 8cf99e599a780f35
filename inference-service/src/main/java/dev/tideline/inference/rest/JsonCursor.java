package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Walks over JSON text in UTF-8, without a tree and without boxing. Also takes the tokens NaN, Inf and Infinity, as TensorFlow Serving
 * does. {@link #skipValue} checks the grammar with a stack of its own, so depth costs a bit per level; the reading methods rely on a
 * text that was skipped before.
 */
final class JsonCursor {

    private static final int SHOWN = 256;

    private final byte[] text;
    private final int end;
    private final @Nullable NumberRuns runs;
    private int at;

    /** @param runs gathers the floats of lists that are skipped, and has them when they are read; absent: nobody wants them */
    JsonCursor(byte[] text, int from, int end, @Nullable NumberRuns runs) {
        this.text = text;
        this.at = from;
        this.end = end;
        this.runs = runs;
    }

    JsonCursor(byte[] text) {
        this(text, 0, text.length, null);
    }

    int position() {
        return at;
    }

    void moveTo(int position) {
        at = position;
    }

    byte[] text() {
        return text;
    }

    /** The first byte of the next token; -1 at the end. */
    int peek() {
        while (at < end) {
            byte b = text[at];
            if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
                return b;
            }
            at++;
        }
        return -1;
    }

    boolean take(char expected) {
        if (peek() == expected) {
            at++;
            return true;
        }
        return false;
    }

    /** Behind the comma, or at the closing bracket, which is consumed. */
    boolean nextOrClose(char close) {
        if (peek() == close) {
            at++;
            return false;
        }
        at++;
        return true;
    }

    StatusException error(String what) {
        return StatusException.invalid("JSON Parse error: " + what + " at offset: " + at);
    }

    @Nullable NumberRuns runs() {
        return runs;
    }

    /** Skips a number of a list, and those that follow it where floats are gathered. */
    void skipListNumber() {
        int behind = runs == null ? at : runs.scan(text, at, end);
        if (behind > at) {
            at = behind;
        } else {
            skipNumber();
        }
    }

    /** Skips a value of any depth. */
    void skipValue() {
        new JsonSkip(this).skip();
    }

    void skipLiteral(String literal) {
        for (int i = 0; i < literal.length(); i++, at++) {
            if (at >= end || text[at] != literal.charAt(i)) {
                throw error("Invalid value.");
            }
        }
    }

    /** Keeps the position in a local variable: this loop meets every number of a request. */
    void skipNumber() {
        byte[] bytes = text;
        int i = at;
        if (i < end && bytes[i] == '-') {
            i++;
        }
        if (i < end && (bytes[i] == 'N' || bytes[i] == 'I')) {
            at = i;
            skipNonFinite();
            return;
        }
        int whole = i;
        i = digitsFrom(i);
        if (i == whole) {
            at = i;
            throw error("Invalid value.");
        }
        if (bytes[whole] == '0') {
            i = whole + 1;
        }
        if (i < end && bytes[i] == '.') {
            i = someDigits(i + 1, "Miss fraction part in number.");
        }
        if (i < end && (bytes[i] | 0x20) == 'e') {
            boolean signed = i + 1 < end && (bytes[i + 1] == '+' || bytes[i + 1] == '-');
            i = someDigits(signed ? i + 2 : i + 1, "Miss exponent in number.");
        }
        at = i;
    }

    private int digitsFrom(int from) {
        byte[] bytes = text;
        int i = from;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }

    private int someDigits(int from, String missing) {
        int i = digitsFrom(from);
        if (i == from) {
            at = from;
            throw error(missing);
        }
        return i;
    }

    private void skipNonFinite() {
        if (text[at] == 'N') {
            skipLiteral("NaN");
            return;
        }
        skipLiteral("Inf");
        if (at < end && text[at] == 'i') {
            skipLiteral("inity");
        }
    }

    /** At an opening quotation mark. */
    void skipString() {
        at++;
        while (at < end) {
            byte b = text[at];
            if (b == '"') {
                at++;
                return;
            }
            if (b >= 0 && b < ' ') {
                throw error("Invalid encoding in string.");
            }
            at += b == '\\' ? escapeLength() : 1;
        }
        throw error("Missing a closing quotation mark in string.");
    }

    private int escapeLength() {
        int kind = at + 1 < end ? text[at + 1] : -1;
        if (kind == 'u') {
            return unicodeLength();
        }
        if (kind < 0 || "\"\\/bfnrt".indexOf(kind) < 0) {
            throw error("Invalid escape character in string.");
        }
        return 2;
    }

    private int unicodeLength() {
        int unit = hex(at + 2);
        if (!Character.isSurrogate((char) unit)) {
            return 6;
        }
        boolean pair = Character.isHighSurrogate((char) unit) && at + 7 < end && text[at + 6] == '\\' && text[at + 7] == 'u'
                && Character.isLowSurrogate((char) hex(at + 8));
        if (!pair) {
            throw error("The surrogate pair in string is invalid.");
        }
        return 12;
    }

    private int hex(int from) {
        int unit = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < end ? Character.digit(text[i], 16) : -1;
            if (digit < 0) {
                throw error("Incorrect hex digit after \\u escape in string.");
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Reads a string that was checked before, as UTF-8. */
    byte[] readString() {
        int start = at + 1;
        skipString();
        int close = at - 1;
        for (int i = start; i < close; i++) {
            if (text[i] == '\\') {
                return JsonEscapes.decode(text, start, close);
            }
        }
        return Arrays.copyOfRange(text, start, close);
    }

    String readText() {
        return new String(readString(), StandardCharsets.UTF_8);
    }

    /** Whether the string at the cursor is {@code name}, byte by byte; moves behind it if so. */
    boolean takeString(byte[] name) {
        int close = at + 1 + name.length;
        if (close < end && text[close] == '"' && Arrays.equals(text, at + 1, close, name, 0, name.length)) {
            at = close + 1;
            return true;
        }
        return false;
    }

    /** The value from {@code start} to the cursor as a message may show it. */
    String shown(int start) {
        int length = at - start;
        String value = new String(text, start, Math.min(length, SHOWN), StandardCharsets.UTF_8);
        return length > SHOWN ? value + "..." : value;
    }
}

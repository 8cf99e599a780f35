package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code {"b64": "..."}}: an object with exactly this key and a string, which stands for bytes. */
final class Base64Object {

    private static final byte[] KEY = "b64".getBytes(StandardCharsets.US_ASCII);

    private Base64Object() {}

    /** Whether the value at the cursor is one; the cursor stays. */
    static boolean at(JsonCursor cursor) {
        cursor.peek();
        int start = cursor.position();
        try {
            if (!cursor.take('{') || cursor.peek() != '"' || !cursor.takeString(KEY) || !cursor.take(':') || cursor.peek() != '"') {
                return false;
            }
            cursor.skipString();
            return cursor.take('}');
        } finally {
            cursor.moveTo(start);
        }
    }

    static byte[] read(JsonCursor cursor) {
        cursor.take('{');
        cursor.peek();
        cursor.takeString(KEY);
        cursor.take(':');
        cursor.peek();
        byte[] encoded = cursor.readString();
        cursor.take('}');
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw StatusException.invalid("Unable to base64 decode");
        }
    }
}

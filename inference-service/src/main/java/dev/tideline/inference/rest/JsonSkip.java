package dev.tideline.inference.rest;

import java.util.BitSet;

/** Checks and skips one JSON value. Iterative: half a million open brackets must not end the thread. */
final class JsonSkip {

    private final JsonCursor cursor;
    /** Per open level: whether it is an object. */
    private final BitSet objects = new BitSet();
    private int depth;

    JsonSkip(JsonCursor cursor) {
        this.cursor = cursor;
    }

    void skip() {
        boolean descended = value();
        while (depth > 0) {
            descended = descended ? firstMember() : nextMember();
        }
    }

    /** Skips a scalar, or enters a list or an object: true then. */
    private boolean value() {
        int b = cursor.peek();
        switch (b) {
            case '{', '[' -> {
                cursor.take((char) b);
                objects.set(depth++, b == '{');
                return true;
            }
            case '"' -> cursor.skipString();
            case 't' -> cursor.skipLiteral("true");
            case 'f' -> cursor.skipLiteral("false");
            case 'n' -> cursor.skipLiteral("null");
            default -> number();
        }
        return false;
    }

    private void number() {
        if (depth > 0 && !objects.get(depth - 1)) {
            cursor.skipListNumber();
        } else {
            cursor.skipNumber();
        }
    }

    private boolean firstMember() {
        boolean object = objects.get(depth - 1);
        if (cursor.take(object ? '}' : ']')) {
            depth--;
            return false;
        }
        return member(object);
    }

    private boolean nextMember() {
        boolean object = objects.get(depth - 1);
        if (cursor.take(',')) {
            return member(object);
        }
        if (cursor.take(object ? '}' : ']')) {
            depth--;
            return false;
        }
        throw cursor.error(object
                ? "Missing a comma or } after an object member." : "Missing a comma or ] after an array element.");
    }

    private boolean member(boolean object) {
        if (object) {
            if (cursor.peek() != '"') {
                throw cursor.error("Missing a name for object member.");
            }
            cursor.skipString();
            if (!cursor.take(':')) {
                throw cursor.error("Missing a colon after a name of object member.");
            }
        }
        return value();
    }
}

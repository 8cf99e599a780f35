package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.tfrecord.Feature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code {"feature": value or list}} as features of a {@code tf.train.Example}. The text decides the kind: a number with a point or
 * an exponent is a float, any other an integer; true and false are 1 and 0; strings and base64 objects are bytes.
 */
final class ExampleReader {

    private final JsonCursor cursor;
    private final JsonNumber number;

    ExampleReader(JsonCursor cursor) {
        this.cursor = cursor;
        this.number = new JsonNumber(cursor.text());
    }

    /** Reads the object at the cursor. */
    Map<String, Feature> read() {
        int token = cursor.peek();
        if (token != '{') {
            throw StatusException.invalid("Example must be JSON object but got JSON " + JsonElements.kind(token));
        }
        Map<String, Feature> features = new LinkedHashMap<>();
        cursor.take('{');
        if (!cursor.take('}')) {
            do {
                cursor.peek();
                String name = cursor.readText();
                cursor.take(':');
                features.put(name, feature(name));
            } while (cursor.nextOrClose('}'));
        }
        return features;
    }

    private Feature feature(String name) {
        List<Object> values = new ArrayList<>();
        if (cursor.peek() != '[') {
            values.add(value(name, values));
        } else {
            cursor.take('[');
            if (!cursor.take(']')) {
                do {
                    values.add(value(name, values));
                } while (cursor.nextOrClose(']'));
            }
        }
        return switch (values.isEmpty() ? 0L : values.getFirst()) {
            case Float f -> floats(values);
            case byte[] bytes -> new Feature.Bytes(values.toArray(byte[][]::new));
            default -> new Feature.Longs(values.stream().mapToLong(Long.class::cast).toArray());
        };
    }

    private static Feature floats(List<Object> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (Float) values.get(i);
        }
        return new Feature.Floats(floats);
    }

    private Object value(String name, List<Object> before) {
        Object value = scalar(name);
        if (!before.isEmpty() && before.getFirst().getClass() != value.getClass()) {
            throw StatusException.invalid("Unexpected element type in feature: " + name + " expecting type: "
                    + switch (before.getFirst()) {
                        case Float f -> "float";
                        case Long l -> "int64";
                        default -> "bytes";
                    });
        }
        return value;
    }

    private Object scalar(String name) {
        int token = cursor.peek();
        switch (token) {
            case '"' -> {
                return cursor.readString();
            }
            case 't', 'f' -> {
                cursor.skipLiteral(token == 't' ? "true" : "false");
                return token == 't' ? 1L : 0L;
            }
            default -> { }
        }
        if (token == '{' && Base64Object.at(cursor)) {
            return Base64Object.read(cursor);
        }
        if (!JsonElements.isNumber(token)) {
            throw StatusException.invalid(
                    "Feature: " + name + " has element with unexpected JSON type: " + JsonElements.kind(token));
        }
        cursor.moveTo(number.read(cursor.position()));
        if (!number.isInteger()) {
            return (float) number.doubleValue();
        }
        if (!number.fitsLong()) {
            throw StatusException.invalid("Feature: " + name + " has uint64 element. Only int64_t is supported.");
        }
        return number.longValue();
    }
}

package dev.tideline.inference.rest;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes JSON in TensorFlow Serving's layout: lists go over many lines, or stay on one while told so. */
final class JsonWriter {

    private static final String HEX = "0123456789ABCDEF";

    private final ByteSink sink;
    private final NumberText numbers;
    private final int indent;
    private boolean singleLine;
    /** Per level: values in a list, or keys and values in an object. */
    private int[] counts = new int[16];
    private boolean[] lists = new boolean[16];
    private int depth;

    JsonWriter(int expected) {
        this(expected, 4);
    }

    /** @param indent spaces per level: 4 for tensors and errors; protobuf's own printer, used for status and metadata, takes 1 */
    JsonWriter(int expected, int indent) {
        this.indent = indent;
        this.sink = new ByteSink(expected);
        this.numbers = new NumberText(sink);
    }

    void singleLineLists(boolean on) {
        singleLine = on;
    }

    void startObject() {
        start('{', false);
    }

    void startList() {
        start('[', true);
    }

    private void start(char bracket, boolean list) {
        prefix();
        sink.put(bracket);
        if (depth == counts.length) {
            counts = Arrays.copyOf(counts, depth * 2);
            lists = Arrays.copyOf(lists, depth * 2);
        }
        counts[depth] = 0;
        lists[depth++] = list;
    }

    void endObject() {
        if (counts[--depth] > 0) {
            newLine();
        }
        sink.put('}');
    }

    void endList() {
        if (counts[--depth] > 0 && !singleLine) {
            newLine();
        }
        sink.put(']');
    }

    void key(String name) {
        string(name.getBytes(StandardCharsets.UTF_8));
    }

    void string(String text) {
        string(text.getBytes(StandardCharsets.UTF_8));
    }

    void string(byte[] utf8) {
        prefix();
        sink.put('"');
        int copied = 0;
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (b >= ' ' && b != '"' && b != '\\' || b < 0) {
                continue;
            }
            sink.put(utf8, copied, i);
            escape(b);
            copied = i + 1;
        }
        sink.put(utf8, copied, utf8.length);
        sink.put('"');
    }

    private void escape(byte b) {
        sink.put('\\');
        switch (b) {
            case '"', '\\' -> sink.put((char) b);
            case '\b' -> sink.put('b');
            case '\f' -> sink.put('f');
            case '\n' -> sink.put('n');
            case '\r' -> sink.put('r');
            case '\t' -> sink.put('t');
            default -> {
                sink.ascii("u00");
                sink.put(HEX.charAt(b >> 4));
                sink.put(HEX.charAt(b & 15));
            }
        }
    }

    void number(float value) {
        prefix();
        numbers.write(value);
    }

    void number(double value) {
        prefix();
        numbers.write(value);
    }

    void number(long value) {
        prefix();
        sink.number(value);
    }

    void unsigned(long value) {
        prefix();
        sink.ascii(Long.toUnsignedString(value));
    }

    void bool(boolean value) {
        prefix();
        sink.ascii(value ? "true" : "false");
    }

    /** What stands before a value or a key: comma, line break and indentation, or a colon. */
    private void prefix() {
        if (depth == 0) {
            return;
        }
        int count = counts[depth - 1]++;
        if (lists[depth - 1]) {
            if (count > 0) {
                sink.put(',');
                if (singleLine) {
                    sink.put(' ');
                }
            }
            if (!singleLine) {
                newLine();
            }
        } else if (count % 2 == 0) {
            if (count > 0) {
                sink.put(',');
            }
            newLine();
        } else {
            sink.ascii(": ");
        }
    }

    private void newLine() {
        sink.put('\n');
        sink.spaces(depth * indent);
    }

    /** As protobuf's printer ends its text. */
    byte[] toLine() {
        sink.put('\n');
        return sink.toByteArray();
    }

    byte[] toByteArray() {
        return sink.toByteArray();
    }
}

package dev.tideline.inference.tensor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Elements in row-major order: {@code shape.elements()} of {@code values}, from {@code offset} on.
 */
public record Tensor(DataType type, Shape shape, Values values, int offset) {

    public Tensor {
        if (offset < 0 || offset + (long) shape.elements() > values.length()) {
            throw new IllegalArgumentException("tensor: " + shape + " at " + offset + " (expected: within "
                    + values.length() + " elements)");
        }
    }

    public static Tensor of(DataType type, Shape shape, Values values) {
        return new Tensor(type, shape, values, 0);
    }

    public static Tensor floats(Shape shape, float... elements) {
        return of(DataType.FLOAT, shape, new Values.Floats(elements));
    }

    public static Tensor longs(Shape shape, long... elements) {
        return of(DataType.INT64, shape, new Values.Longs(elements));
    }

    public static Tensor text(Shape shape, String... elements) {
        byte[][] bytes = new byte[elements.length][];
        for (int i = 0; i < elements.length; i++) {
            bytes[i] = elements[i].getBytes(StandardCharsets.UTF_8);
        }
        return of(DataType.STRING, shape, new Values.Strings(bytes));
    }

    public int elements() {
        return shape.elements();
    }

    /** A view of {@code count} rows; copies nothing. */
    public Tensor rows(int from, int count) {
        return new Tensor(type, shape.withRows(count), values, offset + from * shape.rowElements());
    }

    /** The same elements in an array of their own. */
    public Tensor copy() {
        int to = offset + elements();
        return of(type, shape, switch (values) {
            case Values.Floats f -> new Values.Floats(Arrays.copyOfRange(f.array(), offset, to));
            case Values.Doubles d -> new Values.Doubles(Arrays.copyOfRange(d.array(), offset, to));
            case Values.Bytes b -> new Values.Bytes(Arrays.copyOfRange(b.array(), offset, to));
            case Values.Shorts s -> new Values.Shorts(Arrays.copyOfRange(s.array(), offset, to));
            case Values.Ints i -> new Values.Ints(Arrays.copyOfRange(i.array(), offset, to));
            case Values.Longs l -> new Values.Longs(Arrays.copyOfRange(l.array(), offset, to));
            case Values.Strings s -> new Values.Strings(Arrays.copyOfRange(s.array(), offset, to));
        });
    }

    /** Bytes that the elements take, strings by their length. */
    public long byteSize() {
        int n = elements();
        return switch (values) {
            case Values.Floats f -> 4L * n;
            case Values.Doubles d -> 8L * n;
            case Values.Bytes b -> n;
            case Values.Shorts s -> 2L * n;
            case Values.Ints i -> 4L * n;
            case Values.Longs l -> 8L * n;
            case Values.Strings s -> stringBytes(s.array(), n);
        };
    }

    private long stringBytes(byte[][] strings, int n) {
        long bytes = 0;
        for (int i = 0; i < n; i++) {
            bytes += strings[offset + i].length;
        }
        return bytes;
    }
}

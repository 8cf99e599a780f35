package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.Arrays;

/** Builds one input from nested lists, either whole or row by row. The first scalar decides the rank, the first list of a level its size. */
final class JsonTensor {

    /** TensorFlow's own limit. */
    private static final int MAX_RANK = 254;

    private final JsonElements elements;
    private final long[] sizes = new long[MAX_RANK + 1];
    private int rank;
    private long[] rowSizes = new long[0];
    private int rowElements;
    private int rows;

    JsonTensor(TensorSpec spec, JsonNumber number) {
        this.elements = JsonElements.of(spec.type(), number);
    }

    /** Reads the value at the cursor as the whole tensor. */
    Tensor whole(JsonCursor cursor) {
        measure(cursor);
        return tensor(Arrays.copyOf(sizes, rank));
    }

    /** Reads the value at the cursor as the next row; all rows have to agree in shape. */
    void row(JsonCursor cursor) {
        int before = elements.size();
        measure(cursor);
        int count = elements.size() - before;
        if (rows++ == 0) {
            rowSizes = Arrays.copyOf(sizes, rank);
            rowElements = count;
        } else if (count != rowElements) {
            throw StatusException.invalid("Expecting tensor size: " + rowElements + " but got: " + count);
        } else if (rank != rowSizes.length || !Arrays.equals(sizes, 0, rank, rowSizes, 0, rank)) {
            throw StatusException.invalid("Expecting shape " + shown(rowSizes) + " but got: " + shown(Arrays.copyOf(sizes, rank)));
        }
    }

    /** A hint after the first row. */
    void expect(int moreRows) {
        elements.reserve(Math.multiplyExact(moreRows, rowElements));
    }

    Tensor stacked() {
        long[] all = new long[rowSizes.length + 1];
        all[0] = rows;
        System.arraycopy(rowSizes, 0, all, 1, rowSizes.length);
        return tensor(all);
    }

    private Tensor tensor(long[] shape) {
        return Tensor.of(elements.type(), Shape.of(shape), elements.values());
    }

    private void measure(JsonCursor cursor) {
        rank = -1;
        read(cursor, 0);
    }

    private void read(JsonCursor cursor, int level) {
        if (cursor.peek() == '[') {
            list(cursor, level);
            return;
        }
        if (rank < 0) {
            begin(level);
        } else if (level != rank) {
            int start = cursor.position();
            cursor.skipValue();
            throw StatusException.invalid("JSON Value: " + cursor.shown(start) + " found at incorrect level: " + (level + 1)
                    + " in the JSON DOM. Expected at level: " + rank);
        }
        elements.read(cursor);
    }

    private void begin(int scalarLevel) {
        rank = scalarLevel;
        Arrays.fill(sizes, 0, scalarLevel, -1);
    }

    private void list(JsonCursor cursor, int level) {
        if (level >= (rank < 0 ? MAX_RANK : rank)) {
            throw StatusException.invalid(
                    "Encountered list at unexpected level: " + level + " expected < " + (rank < 0 ? MAX_RANK : rank));
        }
        cursor.take('[');
        int n = 0;
        if (!cursor.take(']')) {
            if (rank < 0 && JsonElements.isNumber(cursor.peek())) {
                begin(level + 1);
            }
            do {
                int some = level + 1 == rank ? elements.readRun(cursor) : 0;
                if (some == 0) {
                    read(cursor, level + 1);
                    some = 1;
                }
                n += some;
            } while (cursor.nextOrClose(']'));
        } else if (rank < 0) {
            begin(level + 1);
        }
        if (sizes[level] < 0) {
            sizes[level] = n;
        } else if (sizes[level] != n) {
            throw StatusException.invalid("Encountered list at unexpected size: " + n + " at level: " + level
                    + " expected size: " + sizes[level]);
        }
    }

    private static String shown(long[] shape) {
        return Arrays.toString(shape).replace(", ", ",");
    }
}

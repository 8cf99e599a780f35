package dev.tideline.inference.batching;

import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins tensors by their rows, and fills rows up to a longer shape. */
final class Rows {

    private Rows() {}

    /** @return all rows in order; null when the rows differ in type or shape */
    static @Nullable Tensor join(List<Tensor> parts) {
        Tensor first = parts.getFirst();
        int rows = 0;
        for (Tensor part : parts) {
            if (part.type() != first.type() || !first.shape().sameRow(part.shape())) {
                return null;
            }
            rows += part.shape().rows();
        }
        Shape shape = first.shape().withRows(rows);
        Values joined = sameKind(first.values(), shape.elements());
        int at = 0;
        for (Tensor part : parts) {
            System.arraycopy(array(part.values()), part.offset(), array(joined), at, part.elements());
            at += part.elements();
        }
        return Tensor.of(first.type(), shape, joined);
    }

    /** The same rows, each as large as {@code row} in all dimensions but the first; what is added is {@code value} or empty text. */
    static Tensor pad(Tensor tensor, Shape row, double value) {
        if (tensor.shape().sameRow(row)) {
            return tensor;
        }
        Shape shape = row.withRows(tensor.shape().rows());
        Values padded = sameKind(tensor.values(), shape.elements());
        fill(padded, value);
        copy(tensor, padded, shape, 0, tensor.offset(), 0);
        return Tensor.of(tensor.type(), shape, padded);
    }

    /** Copies dimension by dimension, the last in one go. */
    private static void copy(Tensor from, Values to, Shape shape, int dimension, int fromAt, int toAt) {
        int n = (int) from.shape().size(dimension);
        if (dimension == shape.rank() - 1) {
            System.arraycopy(array(from.values()), fromAt, array(to), toAt, n);
            return;
        }
        int fromStride = stride(from.shape(), dimension);
        int toStride = stride(shape, dimension);
        for (int i = 0; i < n; i++) {
            copy(from, to, shape, dimension + 1, fromAt + i * fromStride, toAt + i * toStride);
        }
    }

    private static int stride(Shape shape, int dimension) {
        int stride = 1;
        for (int i = dimension + 1; i < shape.rank(); i++) {
            stride *= (int) shape.size(i);
        }
        return stride;
    }

    private static Values sameKind(Values values, int n) {
        return switch (values) {
            case Values.Floats v -> new Values.Floats(new float[n]);
            case Values.Doubles v -> new Values.Doubles(new double[n]);
            case Values.Bytes v -> new Values.Bytes(new byte[n]);
            case Values.Shorts v -> new Values.Shorts(new short[n]);
            case Values.Ints v -> new Values.Ints(new int[n]);
            case Values.Longs v -> new Values.Longs(new long[n]);
            case Values.Strings v -> new Values.Strings(new byte[n][]);
        };
    }

    private static Object array(Values values) {
        return switch (values) {
            case Values.Floats v -> v.array();
            case Values.Doubles v -> v.array();
            case Values.Bytes v -> v.array();
            case Values.Shorts v -> v.array();
            case Values.Ints v -> v.array();
            case Values.Longs v -> v.array();
            case Values.Strings v -> v.array();
        };
    }

    private static void fill(Values values, double value) {
        switch (values) {
            case Values.Floats v -> Arrays.fill(v.array(), (float) value);
            case Values.Doubles v -> Arrays.fill(v.array(), value);
            case Values.Bytes v -> Arrays.fill(v.array(), (byte) value);
            case Values.Shorts v -> Arrays.fill(v.array(), (short) value);
            case Values.Ints v -> Arrays.fill(v.array(), (int) value);
            case Values.Longs v -> Arrays.fill(v.array(), (long) value);
            case Values.Strings v -> Arrays.fill(v.array(), new byte[0]);
        }
    }
}

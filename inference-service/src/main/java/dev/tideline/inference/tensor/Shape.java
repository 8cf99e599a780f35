package dev.tideline.inference.tensor;

import java.util.Arrays;

/** The sizes of a tensor's dimensions; no dimension means a scalar. */
public final class Shape {

    public static final Shape SCALAR = new Shape(new long[0]);

    private final long[] sizes;

    private Shape(long[] sizes) {
        this.sizes = sizes;
    }

    /** @throws IllegalArgumentException when a size is negative or the number of elements exceeds an array's */
    public static Shape of(long... sizes) {
        Shape shape = new Shape(sizes.clone());
        shape.elements();
        return shape;
    }

    public int rank() {
        return sizes.length;
    }

    public long size(int dimension) {
        return sizes[dimension];
    }

    public long[] toArray() {
        return sizes.clone();
    }

    public int elements() {
        return product(0);
    }

    /** The batch dimension. */
    public int rows() {
        return (int) sizes[0];
    }

    /** Elements in one row: the product of all dimensions but the first. */
    public int rowElements() {
        return product(1);
    }

    /** The same row, another number of them. */
    public Shape withRows(int rows) {
        long[] changed = sizes.clone();
        changed[0] = rows;
        return new Shape(changed);
    }

    /** Whether rows of both can lie in one batch. */
    public boolean sameRow(Shape other) {
        return sizes.length > 0 && sizes.length == other.sizes.length
                && Arrays.equals(sizes, 1, sizes.length, other.sizes, 1, sizes.length);
    }

    /** An empty dimension does not hide an absurd one beside it: both count. */
    private int product(int from) {
        long product = 1;
        boolean empty = false;
        for (int i = from; i < sizes.length; i++) {
            long size = sizes[i];
            if (size < 0 || size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape: " + this + " (expected: sizes from 0 to 2147483647)");
            }
            empty |= size == 0;
            product *= Math.max(size, 1);
            if (product > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape: " + this + " (expected: at most 2147483647 elements)");
            }
        }
        return empty ? 0 : (int) product;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /** As TensorFlow writes it: {@code [2,3]}. */
    @Override
    public String toString() {
        return Arrays.toString(sizes).replace(", ", ",");
    }
}

package dev.tideline.training.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Shape of what flows between layers, per example: {@code [width]} for flat values, {@code [height, width, channels]} for images,
 * nothing at all before the first layer when every input is named elsewhere.
 *
 * @param sizes of the dimensions; {@link #UNKNOWN} for one that only the training data will settle
 */
public record Dims(List<Integer> sizes) {

    public static final int UNKNOWN = -1;
    public static final Dims NOTHING = new Dims(List.of());
    private static final int IMAGE = 3;

    public Dims {
        sizes = List.copyOf(sizes);
    }

    public static Dims flat(int width) {
        return new Dims(List.of(width));
    }

    public static Dims image(int height, int width, int channels) {
        return new Dims(List.of(height, width, channels));
    }

    public boolean isFlat() {
        return sizes.size() == 1;
    }

    public boolean isImage() {
        return sizes.size() == IMAGE;
    }

    public boolean isKnown() {
        return !sizes.contains(UNKNOWN);
    }

    /** Size of the last dimension: width of flat values, channels of an image. */
    public int last() {
        return sizes.getLast();
    }

    public int height() {
        return sizes.get(0);
    }

    public int width() {
        return sizes.get(1);
    }

    /** Numbers per example; {@link Integer#MAX_VALUE} stands for anything above it. */
    public int count() {
        int count = 1;
        for (int size : sizes) {
            if (size == UNKNOWN) {
                return UNKNOWN;
            }
            count = times(count, size);
        }
        return count;
    }

    /** The product, or the largest int when that is exceeded. */
    static int times(int a, int b) {
        return (int) Math.min(Integer.MAX_VALUE, (long) a * b);
    }

    public Dims withLast(int size) {
        var changed = new ArrayList<>(sizes);
        changed.set(changed.size() - 1, size);
        return new Dims(changed);
    }

    /** Whether both may be equal once everything is known. */
    public boolean fits(Dims other) {
        boolean fits = sizes.size() == other.sizes.size();
        for (int i = 0; fits && i < sizes.size(); i++) {
            fits = sizes.get(i) == UNKNOWN || other.sizes.get(i) == UNKNOWN || sizes.get(i).equals(other.sizes.get(i));
        }
        return fits;
    }

    /** Whether both can stand side by side: equal but for the last dimension. */
    public boolean joins(Dims other) {
        return !sizes.isEmpty() && sizes.size() == other.sizes.size() && withLast(0).fits(other.withLast(0));
    }

    @Override
    public String toString() {
        return sizes.isEmpty() ? "nothing"
            : sizes.stream().map(size -> size == UNKNOWN ? "?" : size.toString()).collect(Collectors.joining(", ", "[", "]"));
    }
}

package dev.tideline.inference.tensor;

import java.util.List;

/** The shape that a signature declares: sizes may be unknown (-1), and so may be the rank. */
public record SpecShape(boolean unknownRank, List<Dimension> dimensions) {

    /** @param size -1 when unknown */
    public record Dimension(long size, String name) {
        public boolean unknown() {
            return size < 0;
        }
    }

    public SpecShape {
        dimensions = List.copyOf(dimensions);
    }

    public static SpecShape ofUnknownRank() {
        return new SpecShape(true, List.of());
    }

    public static SpecShape of(long... sizes) {
        return new SpecShape(false, java.util.Arrays.stream(sizes).mapToObj(size -> new Dimension(size, "")).toList());
    }

    /**
     * Whether only last dimensions of size 1 were left out: {@code [n]} for {@code [-1,1]}. TensorFlow Serving feeds such tensors as they are,
     * and its users send them.
     */
    public boolean acceptsWithoutOnes(Shape shape) {
        if (unknownRank || shape.rank() == 0 || shape.rank() >= dimensions.size()) {
            return false;
        }
        return dimensions.subList(shape.rank(), dimensions.size()).stream().allMatch(dimension -> dimension.size() == 1)
                && new SpecShape(false, dimensions.subList(0, shape.rank())).accepts(shape);
    }

    public boolean accepts(Shape shape) {
        if (unknownRank) {
            return true;
        }
        if (shape.rank() != dimensions.size()) {
            return false;
        }
        for (int i = 0; i < shape.rank(); i++) {
            Dimension dimension = dimensions.get(i);
            if (!dimension.unknown() && dimension.size() != shape.size(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether any number of rows is accepted: the first dimension is open, or nothing is known. */
    public boolean batched() {
        return unknownRank || !dimensions.isEmpty() && dimensions.getFirst().unknown();
    }

    @Override
    public String toString() {
        if (unknownRank) {
            return "[?]";
        }
        return dimensions.stream().map(d -> Long.toString(d.size())).collect(java.util.stream.Collectors.joining(",", "[", "]"));
    }
}

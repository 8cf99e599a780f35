package dev.tideline.inference.tensorflow;

import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.inference.tensor.Values;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Makes requests from a signature alone: zeros and empty strings in the smallest shapes that it accepts. */
final class SampleRequests {

    private SampleRequests() {}

    /** Empty when the signature has inputs that no request can carry. */
    static Optional<Map<String, Tensor>> of(Signature signature, int rows) {
        Map<String, Tensor> request = new LinkedHashMap<>();
        for (TensorSpec spec : signature.inputs().values()) {
            if (spec.type().storage() == DataType.Storage.NONE) {
                return Optional.empty();
            }
            Shape shape = shape(spec.shape(), rows);
            request.put(spec.alias(), Tensor.of(spec.type(), shape, zeros(spec.type(), shape.elements())));
        }
        return Optional.of(request);
    }

    private static Shape shape(SpecShape shape, int rows) {
        if (shape.unknownRank()) {
            return Shape.of(rows);
        }
        long[] sizes = shape.dimensions().stream().mapToLong(d -> d.unknown() ? 1 : d.size()).toArray();
        if (shape.batched()) {
            sizes[0] = rows;
        }
        return Shape.of(sizes);
    }

    private static Values zeros(DataType type, int n) {
        return switch (type.storage()) {
            case FLOATS -> new Values.Floats(new float[n]);
            case DOUBLES -> new Values.Doubles(new double[n]);
            case BYTES -> new Values.Bytes(new byte[n]);
            case SHORTS -> new Values.Shorts(new short[n]);
            case INTS -> new Values.Ints(new int[n]);
            case LONGS -> new Values.Longs(new long[n]);
            case STRINGS -> {
                byte[][] strings = new byte[n][];
                Arrays.fill(strings, new byte[0]);
                yield new Values.Strings(strings);
            }
            case NONE -> throw new IllegalArgumentException("type: " + type.label() + " (expected: one with elements)");
        };
    }
}

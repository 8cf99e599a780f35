package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.FrozenTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Tensor;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** Values of one scalar feature over records, in the order of the files. */
public sealed interface FeatureValues {

    record Numbers(double... values) implements FeatureValues {}

    record Texts(List<String> values) implements FeatureValues {}

    /** The values with the given places, in the given order. */
    default FeatureValues take(int... places) {
        return switch (this) {
            case Numbers(double[] values) -> new Numbers(Arrays.stream(places).mapToDouble(place -> values[place]).toArray());
            case Texts(List<String> values) -> new Texts(Arrays.stream(places).mapToObj(values::get).toList());
        };
    }

    static FeatureValues read(List<FileSlice> slices, Column column, FrozenTarget target) {
        var numbers = new ArrayList<Double>();
        var texts = new ArrayList<String>();
        try (var data = new EvaluationData(slices, List.of(column), target)) {
            boolean more = true;
            while (more) {
                more = data.next((features, labels) -> gather(features.get(column.name()), numbers, texts));
            }
        }
        return switch (column.kind()) {
            case FLOAT, INT -> new Numbers(numbers.stream().mapToDouble(Double::doubleValue).toArray());
            case TEXT, BYTES -> new Texts(texts);
        };
    }

    private static void gather(Tensor tensor, List<Double> numbers, List<String> texts) {
        switch (tensor) {
            case TFloat32 floats -> floats.scalars().forEach(value -> numbers.add((double) value.getFloat()));
            case TInt64 longs -> longs.scalars().forEach(value -> numbers.add((double) value.getLong()));
            case TString strings -> strings.scalars().forEach(value -> texts.add(value.getObject()));
            default -> throw new IllegalStateException("type: " + tensor.dataType() + " (expected: float, int64 or string)");
        }
    }
}

package dev.tideline.inference.predictionlog;

import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import java.util.function.IntToLongFunction;

/** One row of a tensor as a feature, whose kinds are fewer: floats, 64-bit integers, bytes. */
final class Features {

    private Features() {}

    static Feature of(Tensor tensor, int row) {
        int n = tensor.shape().rowElements();
        int from = tensor.offset() + row * n;
        return switch (tensor.values()) {
            case Values.Floats v -> new Feature.Floats(Arrays.copyOfRange(v.array(), from, from + n));
            case Values.Doubles v -> floats(v.array(), from, n);
            case Values.Longs v -> new Feature.Longs(Arrays.copyOfRange(v.array(), from, from + n));
            case Values.Ints v -> longs(n, i -> v.array()[from + i]);
            case Values.Shorts v -> longs(n, i -> v.array()[from + i]);
            case Values.Bytes v -> longs(n, i -> v.array()[from + i]);
            case Values.Strings v -> new Feature.Bytes(Arrays.copyOfRange(v.array(), from, from + n));
        };
    }

    private static Feature floats(double[] array, int from, int n) {
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) array[from + i];
        }
        return new Feature.Floats(floats);
    }

    private static Feature longs(int n, IntToLongFunction element) {
        long[] longs = new long[n];
        Arrays.setAll(longs, element);
        return new Feature.Longs(longs);
    }
}

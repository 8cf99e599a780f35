package dev.tideline.monitoring.drift;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Correction for testing many features at once: bounds the expected share of false alarms among all alarms. */
final class BenjaminiHochberg {

    private BenjaminiHochberg() {}

    /** Adjusted p-values in the order given: a test holds at rate q exactly when its adjusted value is at most q. */
    static double[] adjust(double[] p) {
        int[] ascending = IntStream.range(0, p.length).boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue).toArray();
        double[] adjusted = new double[p.length];
        double smallest = 1;
        for (int rank = p.length; rank >= 1; rank--) {
            int i = ascending[rank - 1];
            smallest = Math.min(smallest, p[i] * p.length / rank);
            adjusted[i] = smallest;
        }
        return adjusted;
    }
}

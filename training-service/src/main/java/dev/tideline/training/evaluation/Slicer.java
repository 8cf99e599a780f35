package dev.tideline.training.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Cuts examples into slices. Rows that fall into no slice (rare texts, missing values) are judged in the whole only. */
public final class Slicer {

    private Slicer() {}

    /**
     * Ranges of about equal numbers of examples; equal values are never parted, so there may be fewer.
     *
     * @param values      by row; NaN for missing
     * @param buckets     at most so many slices
     * @param minimumRows smaller slices are left out
     */
    public static List<Slice> byQuantiles(String feature, double[] values, int buckets, int minimumRows) {
        var sorted = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
        if (sorted.length == 0) {
            return List.of();
        }
        var edges = IntStream.range(1, buckets).mapToDouble(i -> sorted[(int) ((long) i * sorted.length / buckets)])
            .filter(edge -> edge > sorted[0]).distinct().toArray();
        var slices = new ArrayList<Slice>();
        for (int i = 0; i <= edges.length; i++) {
            double from = i == 0 ? sorted[0] : edges[i - 1];
            double to = i == edges.length ? sorted[sorted.length - 1] : edges[i];
            boolean last = i == edges.length;
            var rows = IntStream.range(0, values.length)
                .filter(row -> values[row] >= from && (last ? values[row] <= to : values[row] < to)).toArray();
            slices.add(new Slice(feature, feature + "=[" + number(from) + "," + number(to) + (last ? "]" : ")"), rows));
        }
        return large(slices, minimumRows);
    }

    /**
     * One slice per value.
     *
     * @param values by row; empty for missing
     * @param top    at most so many slices, those of the most frequent values; ties by the value itself
     */
    public static List<Slice> byValues(String feature, List<String> values, int top, int minimumRows) {
        var counts = new HashMap<String, Integer>();
        values.stream().filter(value -> !value.isEmpty()).forEach(value -> counts.merge(value, 1, Integer::sum));
        var chosen = counts.entrySet().stream()
            .sorted(Comparator.<java.util.Map.Entry<String, Integer>>comparingInt(entry -> -entry.getValue())
                .thenComparing(java.util.Map.Entry::getKey))
            .limit(top).map(java.util.Map.Entry::getKey).toList();
        var rows = new TreeMap<String, IntStream.Builder>();
        chosen.forEach(value -> rows.put(value, IntStream.builder()));
        for (int row = 0; row < values.size(); row++) {
            var slice = rows.get(values.get(row));
            if (slice != null) {
                slice.add(row);
            }
        }
        return large(chosen.stream().map(value -> new Slice(feature, name(feature, value), rows.get(value).build().toArray())).toList(),
            minimumRows);
    }

    /** Names get into verdicts and so into PostgreSQL, whose text has no U+0000. */
    private static String name(String feature, String value) {
        return feature + "=" + value.replace('\0', '\uFFFD');
    }

    private static List<Slice> large(List<Slice> slices, int minimumRows) {
        return slices.stream().filter(slice -> slice.rows().length >= Math.max(1, minimumRows)).toList();
    }

    private static String number(double value) {
        return Float.toString((float) value);
    }
}

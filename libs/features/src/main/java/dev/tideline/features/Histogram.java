package dev.tideline.features;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts between edges. A value on an edge belongs to the bin that begins there, the largest to the last bin.
 *
 * @param edges  rising, one more than counts; empty without values
 * @param counts values per bin, from a quantile sketch and so with its error
 */
public record Histogram(List<Double> edges, List<Long> counts) {

    static final Histogram EMPTY = new Histogram(List.of(), List.of());

    public Histogram {
        edges = List.copyOf(edges);
        counts = List.copyOf(counts);
    }

    /**
     * Counts on a given scale, so that two splits can be drawn on one.
     */
    public static Histogram of(NumericStatistics numbers, Scale scale) {
        double from = scale.from();
        double to = scale.to();
        int bins = scale.bins();
        // Divided first: the difference of the two largest numbers is beyond double.
        double step = to / bins - from / bins;
        if (!(from + step > from)) {
            return new Histogram(List.of(from, to), List.of(numbers.finite()));
        }
        List<Double> edges = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        edges.add(from);
        long below = 0;
        for (int i = 1; i <= bins; i++) {
            double edge = i == bins ? to : from + i * step;
            long upTo = i == bins ? numbers.finite() : Math.round(numbers.shareBelow(edge) * numbers.finite());
            edges.add(edge);
            counts.add(Math.max(0, upTo - below));
            below = Math.max(below, upTo);
        }
        return new Histogram(edges, counts);
    }
}

package dev.tideline.features;

import java.util.Collection;

/**
 * An axis in equal steps, for one split or for several that are drawn over each other.
 *
 * @param from at most the smallest value
 * @param to   at least the largest value
 * @param bins number of steps, from 1
 */
public record Scale(double from, double to, int bins) {

    private static final double EXACT_INTEGERS = 1L << 53;

    /**
     * From the smallest to the largest value of all. Of integers, a step is a whole number and the last one ends beyond the largest: otherwise
     * some steps would hold one integer more than others, and draw gaps and towers that are not in the data.
     *
     * @param splits at least one; those without a finite value do not count
     * @param most   steps at most
     */
    public static Scale of(Collection<NumericStatistics> splits, int most) {
        double min = splits.stream().filter(split -> split.finite() > 0).mapToDouble(NumericStatistics::min).min().orElse(0);
        double max = splits.stream().filter(split -> split.finite() > 0).mapToDouble(NumericStatistics::max).max().orElse(0);
        if (min == max) {
            return new Scale(min, max, 1);
        }
        boolean integers = splits.stream().allMatch(split -> split.values() != null);
        if (!integers || Math.abs(min) > EXACT_INTEGERS || Math.abs(max) > EXACT_INTEGERS) {
            return new Scale(min, max, most);
        }
        double count = max - min + 1;
        double step = Math.ceil(count / most);
        int bins = (int) Math.ceil(count / step);
        return new Scale(min, min + bins * step, bins);
    }
}

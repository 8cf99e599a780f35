package dev.tideline.features;

import java.util.List;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/**
 * Summary of a FLOAT or INT feature. Quantiles come from a KLL sketch with k = 400 (rank error about 0.7 %, Karnin, Lang, Liberty
 * 2016), exact below some 400 values.
 */
public final class NumericStatistics implements FeatureStatistics {

    static final int K = 400;

    private final long missing;
    private final long nonFinite;
    private final long zeros;
    private final double mean;
    private final double m2;
    private final KllDoublesSketch sketch;
    private final @Nullable ValueCounts values;
    private final FewValues few;

    NumericStatistics(long missing, long nonFinite, long zeros, double mean, double m2, KllDoublesSketch sketch,
            @Nullable ValueCounts values, FewValues few) {
        this.missing = missing;
        this.nonFinite = nonFinite;
        this.zeros = zeros;
        this.mean = mean;
        this.m2 = m2;
        this.sketch = sketch;
        this.values = values;
        this.few = few;
    }

    /** Values, NaN and infinities among them. */
    @Override
    public long count() {
        return finite() + nonFinite;
    }

    @Override
    public long missing() {
        return missing;
    }

    /** NaN and infinite values; they are left out of all figures below. */
    public long nonFinite() {
        return nonFinite;
    }

    public long zeros() {
        return zeros;
    }

    public long finite() {
        return sketch.getN();
    }

    /** Zero when there are no values, like all figures below. */
    public double mean() {
        return mean;
    }

    /** Population standard deviation. */
    public double deviation() {
        return finite() == 0 ? 0 : Math.sqrt(Math.max(0, m2 / finite()));
    }

    public double min() {
        return finite() == 0 ? 0 : sketch.getMinItem();
    }

    public double max() {
        return finite() == 0 ? 0 : sketch.getMaxItem();
    }

    /** @param rank from 0 to 1 */
    public double quantile(double rank) {
        return finite() == 0 ? 0 : sketch.getQuantile(rank);
    }

    /** Share of values below {@code value}. */
    public double shareBelow(double value) {
        return finite() == 0 ? 0 : sketch.getRank(value, QuantileSearchCriteria.EXCLUSIVE);
    }

    @Override
    public long distinct() {
        return values == null ? few.distinct() : values.distinct();
    }

    @Override
    public List<ValueCount> top(int limit) {
        return values == null ? few.top(limit) : values.top(limit);
    }

    @Override
    public NumericStatistics merge(FeatureStatistics other) {
        if (!(other instanceof NumericStatistics that)) {
            throw new IllegalArgumentException("statistics: of text (expected: of numbers)");
        }
        KllDoublesSketch merged = KllDoublesSketch.newHeapInstance(K);
        merged.merge(sketch);
        merged.merge(that.sketch);
        // Chan, Golub, LeVeque 1979: the pairwise form keeps its digits where sums of squares lose them.
        double n = finite() + that.finite();
        double delta = that.mean - mean;
        double newMean = n == 0 ? 0 : mean + delta * that.finite() / n;
        double newM2 = n == 0 ? 0 : m2 + that.m2 + delta * delta * finite() / n * that.finite();
        return new NumericStatistics(missing + that.missing, nonFinite + that.nonFinite, zeros + that.zeros, newMean, newM2,
                merged, merge(values, that.values), few.merge(that.few));
    }

    @Override
    public NumericStatistics withMissing(long more) {
        return new NumericStatistics(missing + more, nonFinite, zeros, mean, m2, sketch, values, few);
    }

    /**
     * Estimated counts on a {@link Scale} of its own; one bin when all values are equal, none without values.
     *
     * @param bins at most
     */
    public Histogram histogram(int bins) {
        return finite() == 0 ? Histogram.EMPTY : Histogram.of(this, Scale.of(List.of(this), bins));
    }

    double m2() {
        return m2;
    }

    byte[] sketchBytes() {
        return sketch.toByteArray();
    }

    @Override
    public @Nullable ValueCounts values() {
        return values;
    }

    FewValues few() {
        return few;
    }

    static @Nullable ValueCounts merge(@Nullable ValueCounts a, @Nullable ValueCounts b) {
        if (a == null || b == null) {
            return null;
        }
        ValueCounts merged = new ValueCounts();
        merged.merge(a);
        merged.merge(b);
        return merged;
    }
}

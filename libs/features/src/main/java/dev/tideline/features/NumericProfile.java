package dev.tideline.features;

import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Counts of numbers on quantile bins, with those outside the training range counted on the side. */
public final class NumericProfile implements Profile {

    final Baseline.Numeric baseline;
    final long[] counts;
    long under;
    long over;
    long missing;
    long nonFinite;
    long mistyped;
    double sum;
    double sumOfSquares;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;

    NumericProfile(Baseline.Numeric baseline) {
        this.baseline = baseline;
        this.counts = new long[baseline.counts().length];
    }

    @Override
    public Baseline.Numeric baseline() {
        return baseline;
    }

    @Override
    public void add(@Nullable Feature feature) {
        switch (feature) {
            case null -> missing++;
            case Feature.Floats floats -> {
                missing += floats.isEmpty() ? 1 : 0;
                for (float value : floats.values()) {
                    add(value);
                }
            }
            case Feature.Longs longs -> {
                missing += longs.isEmpty() ? 1 : 0;
                for (long value : longs.values()) {
                    add(value);
                }
            }
            case Feature.Bytes bytes -> {
                missing += bytes.isEmpty() ? 1 : 0;
                mistyped += bytes.size();
            }
        }
    }

    /** Counts one value. */
    public void add(double value) {
        if (!Double.isFinite(value)) {
            nonFinite++;
            return;
        }
        counts[baseline.bin(value)]++;
        if (value < baseline.min()) {
            under++;
        } else if (value > baseline.max()) {
            over++;
        }
        sum += value;
        sumOfSquares += value * value;
        min = Math.min(min, value);
        max = Math.max(max, value);
    }

    @Override
    public void merge(Profile other) {
        if (!(other instanceof NumericProfile that) || !Arrays.equals(baseline.edges(), that.baseline.edges())) {
            throw new IllegalArgumentException("profile: on other bins (expected: the same baseline)");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] += that.counts[i];
        }
        under += that.under;
        over += that.over;
        missing += that.missing;
        nonFinite += that.nonFinite;
        mistyped += that.mistyped;
        sum += that.sum;
        sumOfSquares += that.sumOfSquares;
        min = Math.min(min, that.min);
        max = Math.max(max, that.max);
    }

    @Override
    public long[] counts() {
        return counts;
    }

    /** Finite values. */
    @Override
    public long total() {
        return Arrays.stream(counts).sum();
    }

    @Override
    public long missing() {
        return missing;
    }

    @Override
    public long mistyped() {
        return mistyped;
    }

    /** NaN and infinite values. */
    public long nonFinite() {
        return nonFinite;
    }

    /** Values below the training minimum; they are in the first bin too. */
    public long under() {
        return under;
    }

    /** Values above the training maximum; they are in the last bin too. */
    public long over() {
        return over;
    }

    /** Infinity without values. */
    public double min() {
        return min;
    }

    /** Minus infinity without values. */
    public double max() {
        return max;
    }

    public double mean() {
        return total() == 0 ? 0 : sum / total();
    }
}

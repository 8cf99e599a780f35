package dev.tideline.monitoring.profile;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How sure the model was of the class that it named, in {@value #BINS} equal bins from 0 to 1. Empty for models that name no class.
 * Mutable, not thread-safe.
 */
public final class Confidence {

    public static final int BINS = 50;
    private static final String LABEL = RecordHeaders.OUTPUT_PREFIX + "label";
    private static final String PROBABILITY = RecordHeaders.OUTPUT_PREFIX + "probability";
    private static final String PROBABILITIES = RecordHeaders.OUTPUT_PREFIX + "probabilities";

    final long[] counts = new long[BINS];
    double sum;
    double sumOfSquares;

    void add(Example example) {
        OptionalDouble value = of(example);
        if (value.isPresent()) {
            add(value.getAsDouble());
        }
    }

    /** @param value from 0 to 1 */
    public void add(double value) {
        counts[bin(value)]++;
        sum += value;
        sumOfSquares += value * value;
    }

    void merge(Confidence other) {
        for (int i = 0; i < BINS; i++) {
            counts[i] += other.counts[i];
        }
        sum += other.sum;
        sumOfSquares += other.sumOfSquares;
    }

    /** Probability of the class that {@code prediction} names; empty when it names none or its probabilities are no probabilities. */
    public static OptionalDouble of(Example prediction) {
        if (prediction.feature(LABEL) == null) {
            return OptionalDouble.empty();
        }
        if (prediction.feature(PROBABILITY) instanceof Feature.Floats one && one.size() == 1) {
            double p = one.values()[0];
            return p >= 0 && p <= 1 ? OptionalDouble.of(Math.max(p, 1 - p)) : OptionalDouble.empty();
        }
        if (prediction.feature(PROBABILITIES) instanceof Feature.Floats many && !many.isEmpty()) {
            double highest = 0;
            for (float p : many.values()) {
                if (!(p >= 0 && p <= 1)) {
                    return OptionalDouble.empty();
                }
                highest = Math.max(highest, p);
            }
            return OptionalDouble.of(highest);
        }
        return OptionalDouble.empty();
    }

    /** The bin of {@code value}, from 0 to {@value #BINS} - 1. */
    public static int bin(double value) {
        return Math.clamp((int) (value * BINS), 0, BINS - 1);
    }

    public long count() {
        return Arrays.stream(counts).sum();
    }

    /** Copied. */
    public long[] counts() {
        return counts.clone();
    }

    /** 0 without values. */
    public double mean() {
        long count = count();
        return count == 0 ? 0 : sum / count;
    }

    /** Of a single value; 0 without values. */
    public double variance() {
        long count = count();
        return count == 0 ? 0 : Math.max(0, sumOfSquares / count - mean() * mean());
    }
}

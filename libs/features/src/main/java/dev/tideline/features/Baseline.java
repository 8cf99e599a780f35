package dev.tideline.features;

import java.util.List;

/**
 * A feature's training distribution on frozen bins, the fixed side of every drift comparison.
 */
public sealed interface Baseline {

    /** Values behind {@link #counts()}. */
    long total();

    /** Records without the feature. */
    long missing();

    /** Values per bin. */
    long[] counts();

    /**
     * Quantile bins: bin 0 holds values below {@code edges[0]}, bin i values from {@code edges[i-1]} up to below
     * {@code edges[i]}, the last bin the rest.
     *
     * @param edges ascending, without repetition
     * @param min   smallest value in training
     * @param max   largest value in training
     */
    record Numeric(double[] edges, long[] counts, long missing, double min, double max, double mean, double deviation)
            implements Baseline {

        private static final int FEW_EDGES = 16;

        public Numeric {
            if (counts.length != edges.length + 1) {
                throw new IllegalArgumentException("counts: " + counts.length + " bins (expected: " + (edges.length + 1) + ")");
            }
        }

        @Override
        public long total() {
            return sum(counts);
        }

        /** The bin of {@code value}. */
        public int bin(double value) {
            return edges.length <= FEW_EDGES ? binOfFew(value) : binOfMany(value);
        }

        /** Without a branch that depends on the value: with ten bins a search would guess wrong half of the time. */
        private int binOfFew(double value) {
            int bin = 0;
            for (double edge : edges) {
                bin += value >= edge ? 1 : 0;
            }
            return bin;
        }

        private int binOfMany(double value) {
            int low = 0;
            int high = edges.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (value >= edges[middle]) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /**
     * Most frequent training values, most frequent first.
     *
     * @param counts one per value
     * @param rest   training values outside {@code values}
     */
    record Categorical(List<String> values, long[] counts, long rest, long missing) implements Baseline {

        public Categorical {
            values = List.copyOf(values);
            if (counts.length != values.size()) {
                throw new IllegalArgumentException("counts: " + counts.length + " (expected: " + values.size() + ")");
            }
        }

        @Override
        public long total() {
            return sum(counts) + rest;
        }
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}

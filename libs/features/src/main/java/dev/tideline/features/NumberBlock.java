package dev.tideline.features;

import java.util.Arrays;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.jspecify.annotations.Nullable;

/** Finite numbers on their way into moments and sketch: a block at a time costs a third of one at a time. */
final class NumberBlock {

    private static final int LEAST = 64;
    private static final int MOST = 4096;
    /** Blocks that all columns together may hold, as values. */
    private static final int ALL = 1 << 18;
    /** Full blocks in the sketch before the next are thinned out on their own: they are 0.4 % of all values then. */
    private static final int PLAIN_BLOCKS = 8;

    private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(NumericStatistics.K);
    private final FewValues few;
    private final int limit;
    private double[] values = new double[LEAST];
    private int filled;
    private long count;
    private long zeros;
    private double mean;
    private double m2;

    /** @param few counts the values, too, while they are few */
    NumberBlock(int columns, FewValues few) {
        this.few = few;
        limit = Math.clamp(Integer.highestOneBit(ALL / Math.max(1, columns)), LEAST, MOST);
    }

    void add(double value) {
        if (filled == values.length) {
            makeRoom();
        }
        values[filled++] = value;
    }

    private void makeRoom() {
        if (values.length < limit) {
            values = Arrays.copyOf(values, values.length * 2);
        } else {
            drain();
        }
    }

    private void drain() {
        if (filled == 0) {
            return;
        }
        moments();
        if (few.counting()) {
            countFew();
        }
        if (KllBlock.fits(filled) && sketch.getN() >= (long) PLAIN_BLOCKS * filled) {
            sketch.merge(KllBlock.of(values, filled, sketch.getN()));
        } else {
            sketch.update(values, 0, filled);
        }
        filled = 0;
    }

    /** Of the block in two passes, then joined with those before (Chan, Golub, LeVeque 1979). */
    private void moments() {
        double sum = 0;
        int zero = 0;
        for (int i = 0; i < filled; i++) {
            sum += values[i];
            zero += values[i] == 0 ? 1 : 0;
        }
        double blockMean = sum / filled;
        double blockM2 = 0;
        for (int i = 0; i < filled; i++) {
            double delta = values[i] - blockMean;
            blockM2 += delta * delta;
        }
        double delta = blockMean - mean;
        double all = count + filled;
        mean += delta * filled / all;
        m2 += blockM2 + delta * delta * count / all * filled;
        count += filled;
        zeros += zero;
    }

    private void countFew() {
        Arrays.sort(values, 0, filled);
        int start = 0;
        for (int i = 1; i <= filled; i++) {
            if (i == filled || values[i] != values[start]) {
                few.add((float) values[start], i - start);
                start = i;
            }
        }
    }

    NumericStatistics build(long missing, long nonFinite, @Nullable ValueCounts counts) {
        drain();
        return new NumericStatistics(missing, nonFinite, zeros, mean, m2, sketch, counts, few);
    }
}

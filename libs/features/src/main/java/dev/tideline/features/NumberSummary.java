package dev.tideline.features;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.jspecify.annotations.Nullable;

/** Moments, sketch and few values of finite numbers, fed by the block: that costs a third of one at a time. */
final class NumberSummary {

    /** Full blocks in the sketch before the next are thinned out on their own: they are 0.4 % of all values then. */
    private static final int PLAIN_BLOCKS = 8;

    /** Blocks that are sorted at once after one in which a rough order was no use: the next ones will be like it. */
    private static final int UNEVEN = 31;

    private final KllDoublesSketch sketch = KllDoublesSketch.newHeapInstance(NumericStatistics.K);
    private final FewValues few;
    private long count;
    private long zeros;
    private double mean;
    private double m2;
    private int sortNext;

    /** @param few counts the values, too, while they are few */
    NumberSummary(FewValues few) {
        this.few = few;
    }

    /** Takes a block of whole numbers in; the values may change their order. */
    void take(double[] values, int size) {
        if (size == 0) {
            return;
        }
        moments(values, size);
        boolean thin = thin(size);
        if (thin || few.counting()) {
            if (!LowIntegers.sort(values, size)) {
                Arrays.sort(values, 0, size);
            }
            countFew(i -> values[i], size);
        }
        if (thin) {
            merge(i -> values[i], size, values[0], values[size - 1]);
        } else {
            sketch.update(values, 0, size);
        }
    }

    /** The same of floats, whose order is found faster. */
    void take(float[] values, int size, Scratch scratch) {
        if (size == 0) {
            return;
        }
        double[] wide = scratch.doubles(size);
        for (int i = 0; i < size; i++) {
            wide[i] = values[i];
        }
        moments(wide, size);
        boolean thin = thin(size);
        if (few.counting() || thin && !mergeRoughly(values, size, scratch.rough())) {
            int[] keys = scratch.ints(size);
            FloatOrder.sort(values, keys, size);
            countFew(i -> FloatOrder.value(keys[i]), size);
            if (thin) {
                merge(i -> FloatOrder.value(keys[i]), size, FloatOrder.value(keys[0]), FloatOrder.value(keys[size - 1]));
            }
        }
        if (!thin) {
            sketch.update(wide, 0, size);
        }
    }

    private boolean thin(int size) {
        return KllBlock.fits(size) && sketch.getN() >= (long) PLAIN_BLOCKS * size;
    }

    private boolean mergeRoughly(float[] values, int size, RoughOrder order) {
        if (sortNext > 0) {
            sortNext--;
            return false;
        }
        if (!order.order(values, size, KllBlock.step(size))) {
            sortNext = UNEVEN;
            return false;
        }
        merge(order::at, size, order.min(), order.max());
        return true;
    }

    private void merge(IntToDoubleFunction ordered, int size, double min, double max) {
        sketch.merge(KllBlock.of(ordered, size, min, max, sketch.getN()));
    }

    /** Of the block in two passes, then joined with those before (Chan, Golub, LeVeque 1979). */
    private void moments(double[] values, int size) {
        double blockMean = sum(values, size) / size;
        double blockM2 = squares(values, size, blockMean);
        double delta = blockMean - mean;
        double all = count + size;
        mean += delta * size / all;
        m2 += blockM2 + delta * delta * count / all * size;
        count += size;
        zeros += zeros(values, size);
    }

    private static double sum(double[] values, int size) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        // Four sums beside each other: each addition would have to wait for the one before.
        for (; i + 3 < size; i += 4) {
            a += values[i];
            b += values[i + 1];
            c += values[i + 2];
            d += values[i + 3];
        }
        for (; i < size; i++) {
            a += values[i];
        }
        return a + b + (c + d);
    }

    private static double squares(double[] values, int size, double mean) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < size; i += 4) {
            a += square(values[i] - mean);
            b += square(values[i + 1] - mean);
            c += square(values[i + 2] - mean);
            d += square(values[i + 3] - mean);
        }
        for (; i < size; i++) {
            a += square(values[i] - mean);
        }
        return a + b + (c + d);
    }

    private static double square(double value) {
        return value * value;
    }

    private static int zeros(double[] values, int size) {
        int zeros = 0;
        for (int i = 0; i < size; i++) {
            zeros += values[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    private void countFew(IntToDoubleFunction sorted, int size) {
        int start = 0;
        for (int i = 1; i <= size && few.counting(); i++) {
            if (i == size || sorted.applyAsDouble(i) != sorted.applyAsDouble(start)) {
                few.add((float) sorted.applyAsDouble(start), i - start);
                start = i;
            }
        }
    }

    NumericStatistics build(long missing, long nonFinite, @Nullable ValueCounts counts) {
        return new NumericStatistics(missing, nonFinite, zeros, mean, m2, sketch, counts, few);
    }
}

package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects a FLOAT feature. */
final class FloatColumn implements StatisticsColumn {

    private final NumberSummary summary = new NumberSummary(new FewValues());
    private final Scratch scratch;
    private final int limit;
    private float[] block = new float[NumberBlock.LEAST];
    private int filled;
    private long missing;
    private long nonFinite;

    /** @param scratch shared by columns that are filled by one thread */
    FloatColumn(int columns, Scratch scratch) {
        this.scratch = scratch;
        this.limit = NumberBlock.size(columns);
    }

    @Override
    public void add(@Nullable Feature feature) {
        if (feature == null || feature.isEmpty()) {
            missing++;
        } else if (feature instanceof Feature.Floats floats) {
            for (float value : floats.values()) {
                add(value);
            }
        }
    }

    @Override
    public void add(CanonicalRow row, int feature) {
        switch (row.values(feature)) {
            case ABSENT -> missing++;
            case BYTES, LONGS -> { }
            case FLOATS -> {
                row.open(feature);
                for (int left = row.size(feature); left > 0; left--) {
                    add(row.nextFloat());
                }
            }
        }
    }

    void add(float value) {
        if (!Float.isFinite(value)) {
            nonFinite++;
            return;
        }
        if (filled == block.length) {
            makeRoom();
        }
        block[filled++] = value;
    }

    /** Takes every {@code step}-th value from {@code from} up to {@code to}. */
    void add(float[] values, int from, int to, int step) {
        int at = from;
        while (at < to) {
            if (filled == block.length) {
                makeRoom();
            }
            float[] target = block;
            int next = filled;
            for (; at < to && next < target.length; at += step) {
                float value = values[at];
                if (Float.isFinite(value)) {
                    target[next++] = value;
                } else {
                    nonFinite++;
                }
            }
            filled = next;
        }
    }

    private void makeRoom() {
        if (block.length < limit) {
            block = Arrays.copyOf(block, block.length * 2);
        } else {
            drain();
        }
    }

    private void drain() {
        summary.take(block, filled, scratch);
        filled = 0;
    }

    @Override
    public NumericStatistics build() {
        drain();
        return summary.build(missing, nonFinite, null);
    }
}

package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects an INT feature, whose values are counted one by one too. */
final class IntColumn implements StatisticsColumn {

    private final NumberSummary summary = new NumberSummary(FewValues.unknown());
    private final ValueCounts counts = new ValueCounts();
    private final ValueTally tally = new ValueTally(counts, ValueTally::integer);
    private final LowIntegers low = new LowIntegers();
    private final int limit;
    private double[] block = new double[NumberBlock.LEAST];
    private int filled;
    private long missing;

    IntColumn(int columns) {
        this.limit = NumberBlock.size(columns);
    }

    @Override
    public void add(@Nullable Feature feature) {
        if (feature == null || feature.isEmpty()) {
            missing++;
        } else if (feature instanceof Feature.Longs longs) {
            for (long value : longs.values()) {
                add(value);
            }
        }
    }

    @Override
    public void add(CanonicalRow row, int feature) {
        switch (row.values(feature)) {
            case ABSENT -> missing++;
            case BYTES, FLOATS -> { }
            case LONGS -> {
                row.open(feature);
                for (int left = row.size(feature); left > 0; left--) {
                    add(row.nextLong());
                }
            }
        }
    }

    private void add(long value) {
        if (filled == block.length) {
            makeRoom();
        }
        block[filled++] = value;
        if (!low.add(value)) {
            tally.add(value);
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
        summary.take(block, filled);
        filled = 0;
    }

    @Override
    public NumericStatistics build() {
        drain();
        tally.drain();
        low.drain(counts);
        return summary.build(missing, 0, counts);
    }
}

package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Feature;
import org.jspecify.annotations.Nullable;

/** Collects a FLOAT or INT feature; integers are counted by value too. */
final class NumberColumn implements StatisticsColumn {

    private final NumberBlock numbers;
    private final @Nullable ValueCounts counts;
    private final @Nullable ValueTally tally;
    private long missing;
    private long nonFinite;

    NumberColumn(int columns, boolean counted) {
        this.numbers = new NumberBlock(columns, counted ? FewValues.unknown() : new FewValues());
        this.counts = counted ? new ValueCounts() : null;
        this.tally = counts == null ? null : new ValueTally(counts, ValueTally::integer);
    }

    @Override
    public void add(@Nullable Feature feature) {
        switch (feature) {
            case Feature.Floats floats when !floats.isEmpty() -> {
                for (float value : floats.values()) {
                    number(value);
                }
            }
            case Feature.Longs longs when !longs.isEmpty() -> {
                for (long value : longs.values()) {
                    integer(value);
                }
            }
            case Feature.Bytes bytes when !bytes.isEmpty() -> { }
            case null, default -> missing++;
        }
    }

    @Override
    public void add(CanonicalRow row, int feature) {
        row.open(feature);
        switch (row.values(feature)) {
            case ABSENT -> missing++;
            case BYTES -> { }
            case FLOATS -> {
                for (int left = row.size(feature); left > 0; left--) {
                    number(row.nextFloat());
                }
            }
            case LONGS -> {
                for (int left = row.size(feature); left > 0; left--) {
                    integer(row.nextLong());
                }
            }
        }
    }

    private void number(float value) {
        if (Float.isFinite(value)) {
            numbers.add(value);
        } else {
            nonFinite++;
        }
    }

    private void integer(long value) {
        numbers.add(value);
        if (tally != null) {
            tally.add(value);
        }
    }

    @Override
    public NumericStatistics build() {
        if (tally != null) {
            tally.drain();
        }
        return numbers.build(missing, nonFinite, counts);
    }
}

package dev.tideline.features;

import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.Feature;
import org.jspecify.annotations.Nullable;

/** Collects a TEXT or BYTES feature; values of TEXT are counted. */
final class TextColumn implements StatisticsColumn {

    private final ValueCounts counts = new ValueCounts();
    private final ValueTally tally = new ValueTally(counts, ValueTally::text);
    private final boolean counted;
    private long count;
    private long missing;
    private int minLength = Integer.MAX_VALUE;
    private int maxLength;
    private long totalLength;

    TextColumn(boolean counted) {
        this.counted = counted;
    }

    @Override
    public void add(@Nullable Feature feature) {
        if (feature == null || feature.isEmpty()) {
            missing++;
        } else if (feature instanceof Feature.Bytes bytes) {
            for (byte[] value : bytes.values()) {
                text(value, 0, value.length);
            }
        }
    }

    @Override
    public void add(CanonicalRow row, int feature) {
        if (row.values(feature) == CanonicalRow.Values.ABSENT) {
            missing++;
        } else if (row.values(feature) == CanonicalRow.Values.BYTES) {
            row.open(feature);
            for (int left = row.size(feature); left > 0; left--) {
                int length = row.nextBytes();
                text(row.bytes(), row.position(), length);
            }
        }
    }

    private void text(byte[] bytes, int from, int length) {
        count++;
        minLength = Math.min(minLength, length);
        maxLength = Math.max(maxLength, length);
        totalLength += length;
        if (counted) {
            tally.add(bytes, from, length);
        }
    }

    @Override
    public TextStatistics build() {
        tally.drain();
        return new TextStatistics(count, missing, count == 0 ? 0 : minLength, maxLength, totalLength, counts);
    }
}

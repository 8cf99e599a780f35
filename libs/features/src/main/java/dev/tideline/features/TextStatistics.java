package dev.tideline.features;

import java.util.List;

/** Summary of a TEXT or BYTES feature; lengths are in bytes. Values of BYTES features are not counted. */
public final class TextStatistics implements FeatureStatistics {

    private final long count;
    private final long missing;
    private final int minLength;
    private final int maxLength;
    private final long totalLength;
    private final ValueCounts values;

    TextStatistics(long count, long missing, int minLength, int maxLength, long totalLength, ValueCounts values) {
        this.count = count;
        this.missing = missing;
        this.minLength = minLength;
        this.maxLength = maxLength;
        this.totalLength = totalLength;
        this.values = values;
    }

    @Override
    public long count() {
        return count;
    }

    @Override
    public long missing() {
        return missing;
    }

    public int minLength() {
        return minLength;
    }

    public int maxLength() {
        return maxLength;
    }

    public double meanLength() {
        return count == 0 ? 0 : (double) totalLength / count;
    }

    @Override
    public long distinct() {
        return values.distinct();
    }

    @Override
    public List<ValueCount> top(int limit) {
        return values.top(limit);
    }

    @Override
    public TextStatistics merge(FeatureStatistics other) {
        if (!(other instanceof TextStatistics that)) {
            throw new IllegalArgumentException("statistics: of numbers (expected: of text)");
        }
        ValueCounts merged = new ValueCounts();
        merged.merge(values);
        merged.merge(that.values);
        int min = count == 0 ? that.minLength : that.count == 0 ? minLength : Math.min(minLength, that.minLength);
        return new TextStatistics(count + that.count, missing + that.missing, min, Math.max(maxLength, that.maxLength),
                totalLength + that.totalLength, merged);
    }

    @Override
    public TextStatistics withMissing(long more) {
        return new TextStatistics(count, missing + more, minLength, maxLength, totalLength, values);
    }

    long totalLength() {
        return totalLength;
    }

    @Override
    public ValueCounts values() {
        return values;
    }
}

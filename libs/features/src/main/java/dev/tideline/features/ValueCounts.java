package dev.tideline.features;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.datasketches.common.ArrayOfStringsSerDe;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * How often which value came, in bounded memory: exact up to some 3,000 distinct values, then the frequent ones with an upper
 * bound (DataSketches Frequent Items), and the number of distinct values within about 1.6 % (HLL, lg k = 12).
 */
final class ValueCounts {

    private static final int MAP_SIZE = 4096;
    /** In characters: text that is longer would fill megabytes, and hardly comes twice. It counts as distinct, not as frequent. */
    static final int LONGEST = 512;
    private static final int LG_K = 12;
    private static final ArrayOfStringsSerDe STRINGS = new ArrayOfStringsSerDe();

    private ItemsSketch<String> items = new ItemsSketch<>(MAP_SIZE);
    private HllSketch distinct = new HllSketch(LG_K);
    private long tooLong;

    static ValueCounts of(byte[] items, byte[] distinct, long tooLong) {
        ValueCounts counts = new ValueCounts();
        counts.items = ItemsSketch.getInstance(Memory.wrap(items), STRINGS);
        counts.distinct = HllSketch.heapify(distinct);
        counts.tooLong = tooLong;
        return counts;
    }

    void add(String value) {
        add(value, 1);
    }

    /** @param times above 0 */
    void add(String value, long times) {
        if (value.length() > LONGEST) {
            tooLong += times;
        } else {
            items.update(value, times);
        }
        distinct.update(value);
    }

    void merge(ValueCounts other) {
        items.merge(other.items);
        tooLong += other.tooLong;
        Union union = new Union(LG_K);
        union.update(distinct);
        union.update(other.distinct);
        distinct = union.getResult();
    }

    /** Exact while few, an estimate otherwise. */
    long distinct() {
        return items.getMaximumError() == 0 && tooLong == 0 ? items.getNumActiveItems() : Math.round(distinct.getEstimate());
    }

    /** The most frequent values, most frequent first, equal counts in the order of their text. */
    List<ValueCount> top(int limit) {
        return Arrays.stream(items.getFrequentItems(ErrorType.NO_FALSE_NEGATIVES))
                .map(row -> new ValueCount(row.getItem(), row.getEstimate()))
                .sorted(Comparator.comparingLong(ValueCount::count).reversed().thenComparing(ValueCount::value))
                .limit(limit).toList();
    }

    /** Values that were too long to be counted one by one. */
    long tooLong() {
        return tooLong;
    }

    byte[] itemBytes() {
        return items.toByteArray(STRINGS);
    }

    byte[] distinctBytes() {
        return distinct.toCompactByteArray();
    }
}

package dev.tideline.features;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Exact counts of a FLOAT feature's values while they are few. A continuous feature passes the limit within its first records and
 * costs nothing from then on; one that stays below is a code, a flag or a constant, which a reader wants to know.
 */
final class FewValues {

    static final int LIMIT = 64;

    /** Null once there were more than {@link #LIMIT}. */
    private @Nullable TreeMap<Float, Long> counts = new TreeMap<>();

    /** What is known of a feature whose values were not counted. */
    static FewValues unknown() {
        FewValues values = new FewValues();
        values.counts = null;
        return values;
    }

    /** Whether the values are still few; if not, more of them change nothing. */
    boolean counting() {
        return counts != null;
    }

    void add(float value, long times) {
        if (counts != null) {
            // 0.0 and -0.0 are one value to a reader.
            counts.merge(value + 0.0f, times, Long::sum);
            if (counts.size() > LIMIT) {
                counts = null;
            }
        }
    }

    FewValues merge(FewValues other) {
        FewValues merged = new FewValues();
        if (counts == null || other.counts == null) {
            return unknown();
        }
        counts.forEach(merged::add);
        other.counts.forEach(merged::add);
        return merged;
    }

    /** Number of distinct finite values; -1 when there were more than {@link #LIMIT}. */
    long distinct() {
        return counts == null ? -1 : counts.size();
    }

    /** Most frequent first, equal counts in the order of the values; empty when there were too many. */
    List<ValueCount> top(int limit) {
        return counts == null ? List.of() : counts.entrySet().stream()
                .sorted(Map.Entry.<Float, Long>comparingByValue(Comparator.reverseOrder()).thenComparing(Map.Entry.comparingByKey()))
                .limit(limit).map(entry -> new ValueCount(Float.toString(entry.getKey()), entry.getValue())).toList();
    }
}

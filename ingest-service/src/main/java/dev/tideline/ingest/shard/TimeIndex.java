package dev.tideline.ingest.shard;

import java.util.Arrays;

/**
 * Where in a file event time passes a point: the high-water mark of event time at every {@code step}-th record, so that a time
 * can be turned into a count of records to skip without reading the file. A late record counts at the mark it arrived under.
 *
 * @param records records in the file
 * @param step    records between two marks; 1 means exact
 * @param marks   high-water marks in epoch milliseconds, not falling; {@code marks[i]} covers records 0 to {@code i * step}
 * @param max     high-water mark at the end of the file
 */
public record TimeIndex(long records, int step, long[] marks, long max) {

    /** Number of leading records that certainly lie before {@code millis}. */
    public long before(long millis) {
        if (max < millis) {
            return records;
        }
        int found = Arrays.binarySearch(marks, millis);
        int first = found < 0 ? -found - 1 : firstEqual(found);
        return first == 0 ? 0 : Math.min(records, (first - 1L) * step + 1);
    }

    private int firstEqual(int found) {
        int first = found;
        while (first > 0 && marks[first - 1] == marks[found]) {
            first--;
        }
        return first;
    }

    /** Collects the marks of one file; halves its resolution whenever it would hold more than {@code limit} of them. */
    static final class Builder {

        private final long[] marks;
        private int size;
        private int step = 1;
        private long records;
        private long max = Long.MIN_VALUE;

        Builder(int limit) {
            if (limit < 2) {
                throw new IllegalArgumentException("limit: " + limit + " (expected: at least 2)");
            }
            this.marks = new long[limit];
        }

        void add(long millis) {
            max = Math.max(max, millis);
            if (due()) {
                if (size == marks.length) {
                    thin();
                }
                if (due()) {
                    marks[size++] = max;
                }
            }
            records++;
        }

        /** Whether a mark belongs here; the step is a power of two, and a division would be asked for every record. */
        private boolean due() {
            return (records & step - 1) == 0;
        }

        private void thin() {
            for (int i = 0; 2 * i < size; i++) {
                marks[i] = marks[2 * i];
            }
            size = (size + 1) / 2;
            step *= 2;
        }

        TimeIndex build() {
            return new TimeIndex(records, step, Arrays.copyOf(marks, size), max);
        }
    }
}

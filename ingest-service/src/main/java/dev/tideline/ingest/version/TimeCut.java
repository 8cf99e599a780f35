package dev.tideline.ingest.version;

import java.util.List;
import java.util.stream.LongStream;

/**
 * Finds how many leading records of each slice lie before a point in event time. A file can be cut in one place only, so time
 * means the high-water mark within the file: a late record belongs where it arrived. Ties are cut in the order of the slices.
 */
final class TimeCut {

    private TimeCut() {}

    /** Per slice, how many leading records to drop so that exactly the {@code newest} records of all slices remain. */
    static long[] newest(List<FileSlice> slices, long newest) {
        long total = slices.stream().mapToLong(FileSlice::take).sum();
        if (newest >= total) {
            return new long[slices.size()];
        }
        if (newest <= 0) {
            return slices.stream().mapToLong(FileSlice::take).toArray();
        }
        long[] times = slices.stream()
                .flatMapToLong(s -> LongStream.concat(LongStream.of(s.file().times().marks()), LongStream.of(s.file().times().max())))
                .sorted().distinct().toArray();
        int cut = lastThatKeeps(times, slices, newest);
        long[] dropped = before(slices, times[cut]);
        long[] limit = cut + 1 < times.length ? before(slices, times[cut + 1]) : takes(slices);
        long excess = total - LongStream.of(dropped).sum() - newest;
        for (int i = 0; i < dropped.length && excess > 0; i++) {
            long more = Math.min(excess, limit[i] - dropped[i]);
            dropped[i] += more;
            excess -= more;
        }
        return dropped;
    }

    /** Per slice, how many leading records certainly lie before {@code millis}. */
    static long[] before(List<FileSlice> slices, long millis) {
        return slices.stream().mapToLong(s -> Math.clamp(s.file().times().before(millis) - s.skip(), 0, s.take())).toArray();
    }

    private static long[] takes(List<FileSlice> slices) {
        return slices.stream().mapToLong(FileSlice::take).toArray();
    }

    private static int lastThatKeeps(long[] times, List<FileSlice> slices, long wanted) {
        int low = 0;
        int high = times.length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            long kept = slices.stream().mapToLong(FileSlice::take).sum() - LongStream.of(before(slices, times[middle])).sum();
            if (kept >= wanted) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }
}

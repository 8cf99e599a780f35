package dev.tideline.training.input;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Records of one time span that lie partition by partition, in the order of time. Files do not say when a record happened; but every
 * partition covers the same span in its own order, so a record's place in time is taken to be its relative place in its partition.
 * The partition is in the name of a shard: {@code <dataset>-<partition>-<first offset>-<last offset>[-<split>]-<nonce>.tfrecord}.
 */
public final class TimeOrder {

    private static final Pattern SHARD = Pattern.compile(".*-(\\d+)-\\d+-\\d+(-[A-Za-z]+)?-[^-]+\\.tfrecord");

    private TimeOrder() {}

    /** Places of the records, as they are read slice by slice, from the oldest to the newest. */
    public static int[] of(List<FileSlice> slices) {
        int total = Math.toIntExact(FileSlice.records(slices));
        var place = new double[total];
        var sizes = sizes(slices);
        var read = new LinkedHashMap<String, Long>();
        int row = 0;
        for (var slice : slices) {
            var partition = partition(slice);
            long before = read.getOrDefault(partition, 0L);
            for (long i = 0; i < slice.take(); i++) {
                place[row++] = (before + i + 0.5) / sizes.get(partition);
            }
            read.put(partition, before + slice.take());
        }
        return IntStream.range(0, total).boxed().sorted(Comparator.comparingDouble(i -> place[i])).mapToInt(Integer::intValue).toArray();
    }

    /** At most about {@code most} records, the newest of every partition in the partition's share. */
    public static List<FileSlice> newest(List<FileSlice> slices, long most) {
        long total = FileSlice.records(slices);
        if (total <= most) {
            return slices;
        }
        var excess = new LinkedHashMap<String, Long>();
        sizes(slices).forEach((partition, size) -> excess.put(partition, size - (long) ((double) size * most / total)));
        var kept = new ArrayList<FileSlice>();
        for (var slice : slices) {
            long drop = Math.min(excess.get(partition(slice)), slice.take());
            excess.merge(partition(slice), -drop, Long::sum);
            if (drop < slice.take()) {
                kept.add(new FileSlice(slice.file(), slice.skip() + drop, slice.take() - drop));
            }
        }
        return kept;
    }

    private static Map<String, Long> sizes(List<FileSlice> slices) {
        var sizes = new LinkedHashMap<String, Long>();
        slices.forEach(slice -> sizes.merge(partition(slice), slice.take(), Long::sum));
        return sizes;
    }

    private static String partition(FileSlice slice) {
        var name = SHARD.matcher(slice.file().getFileName().toString());
        return name.matches() ? name.group(1) : "";
    }
}

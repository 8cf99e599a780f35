package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifest.SplitRule;
import dev.tideline.ingest.shard.ShardFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which records a dataset version consists of. The same files, window and rule always give the same plan.
 *
 * @param splits slices by split name, each list in the order of partition and offset
 */
record WindowPlan(SortedMap<String, List<FileSlice>> splits) {

    static final String TRAIN = DatasetManifest.TRAIN;
    static final String EVALUATION = DatasetManifest.EVALUATION;

    private static final Comparator<ShardFile> ORDER = Comparator.comparingInt(ShardFile::partition)
            .thenComparingLong(ShardFile::firstOffset).thenComparing(file -> Objects.toString(file.split(), ""));

    static WindowPlan of(List<ShardFile> files, DataWindow window, SplitRule rule) {
        List<FileSlice> all = files.stream().sorted(ORDER).map(file -> new FileSlice(file, 0, file.records())).toList();
        List<FileSlice> covered = drop(all, switch (window) {
            case DataWindow.All() -> new long[all.size()];
            case DataWindow.Last(long records) -> TimeCut.newest(all, records);
            case DataWindow.Since(var time) -> TimeCut.before(all, time.toEpochMilli());
        });
        return new WindowPlan(switch (rule.by()) {
            case KEY -> byFile(covered);
            case TIME -> byTime(covered, rule.evaluation());
        });
    }

    long records() {
        return slices().mapToLong(FileSlice::take).sum();
    }

    long records(String split) {
        return splits.getOrDefault(split, List.of()).stream().mapToLong(FileSlice::take).sum();
    }

    Stream<FileSlice> slices() {
        return splits.values().stream().flatMap(List::stream);
    }

    private static SortedMap<String, List<FileSlice>> byFile(List<FileSlice> slices) {
        return splits(
                slices.stream().filter(s -> !EVALUATION.equals(s.file().split())).toList(),
                slices.stream().filter(s -> EVALUATION.equals(s.file().split())).toList());
    }

    private static SortedMap<String, List<FileSlice>> byTime(List<FileSlice> slices, double share) {
        long total = slices.stream().mapToLong(FileSlice::take).sum();
        long[] older = TimeCut.newest(slices, Math.round(total * share));
        List<FileSlice> train = new ArrayList<>();
        for (int i = 0; i < older.length; i++) {
            if (older[i] > 0) {
                train.add(slices.get(i).first(older[i]));
            }
        }
        return splits(train, drop(slices, older));
    }

    private static SortedMap<String, List<FileSlice>> splits(List<FileSlice> train, List<FileSlice> evaluation) {
        SortedMap<String, List<FileSlice>> splits = new TreeMap<>();
        splits.put(TRAIN, List.copyOf(train));
        splits.put(EVALUATION, List.copyOf(evaluation));
        return splits;
    }

    private static List<FileSlice> drop(List<FileSlice> slices, long[] dropped) {
        List<FileSlice> kept = new ArrayList<>();
        for (int i = 0; i < dropped.length; i++) {
            if (dropped[i] < slices.get(i).take()) {
                kept.add(slices.get(i).skipping(dropped[i]));
            }
        }
        return kept;
    }
}

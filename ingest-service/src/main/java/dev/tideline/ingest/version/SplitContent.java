package dev.tideline.ingest.version;

import dev.tideline.features.DatasetStatistics;
import java.util.List;

/**
 * What a split of a version consists of.
 *
 * @param bytes      where each slice lies in its file, in the order of the slices
 * @param statistics of all its records
 */
record SplitContent(List<FileSlice> slices, List<SliceBytes> bytes, DatasetStatistics statistics) {

    SplitContent {
        slices = List.copyOf(slices);
        bytes = List.copyOf(bytes);
    }

    long records() {
        return slices.stream().mapToLong(FileSlice::take).sum();
    }
}

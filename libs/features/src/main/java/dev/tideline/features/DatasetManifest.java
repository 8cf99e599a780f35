package dev.tideline.features;

import dev.tideline.contracts.DataWindow;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An immutable dataset version: which records, in which files, in which split.
 *
 * @param contentHash SHA-256 over the slices, the schema fingerprint and the split rule: equal content, equal hash
 * @param records     records in all splits
 * @param splits      by {@link #TRAIN} and {@link #EVALUATION}
 */
public record DatasetManifest(
        String dataset, long version, Instant sealedAt, DataWindow window, SplitRule split, Schema schema,
        String contentHash, long records, SortedMap<String, Split> splits) {

    public static final String TRAIN = "train";
    public static final String EVALUATION = "evaluation";

    public DatasetManifest {
        splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
    }

    /**
     * @param slices     in the order in which the records came
     * @param statistics of the split's records
     */
    public record Split(long records, List<Slice> slices, DatasetStatistics statistics) {
        public Split {
            slices = List.copyOf(slices);
        }
    }

    /**
     * Consecutive records of a TFRecord file.
     *
     * @param path relative to the storage root, with '/'
     * @param skip records before the first one
     * @param take number of records
     */
    public record Slice(String path, long skip, long take) {}

    /**
     * @param evaluation share of records for evaluation, from 0 (none) to below 1
     */
    public record SplitRule(By by, double evaluation) {

        /** {@code TIME}: the newest records evaluate. {@code KEY}: records whose key hashes into the share. */
        public enum By { TIME, KEY }

        public SplitRule {
            if (!(evaluation >= 0 && evaluation < 1)) {
                throw new IllegalArgumentException("evaluation: " + evaluation + " (expected: from 0 to below 1)");
            }
        }
    }
}

package dev.tideline.training.input;

import java.nio.file.Path;
import java.util.Collection;

/** {@code take} records of a TFRecord file after its first {@code skip}. */
public record FileSlice(Path file, long skip, long take) {

    /** Size of all files that have a slice, as a whole; what cannot be read counts nothing. */
    public static long bytes(Collection<FileSlice> slices) {
        return slices.stream().map(FileSlice::file).distinct().mapToLong(file -> file.toFile().length()).sum();
    }

    public static long records(Iterable<FileSlice> slices) {
        long records = 0;
        for (var slice : slices) {
            records += slice.take();
        }
        return records;
    }
}

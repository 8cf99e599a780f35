package dev.tideline.training.input;

import java.nio.file.Path;

/** {@code take} records of a TFRecord file after its first {@code skip}. */
public record FileSlice(Path file, long skip, long take) {

    public static long records(Iterable<FileSlice> slices) {
        long records = 0;
        for (var slice : slices) {
            records += slice.take();
        }
        return records;
    }
}

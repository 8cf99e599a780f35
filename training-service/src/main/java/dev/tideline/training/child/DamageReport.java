package dev.tideline.training.child;

import dev.tideline.tfrecord.CorruptRecordException;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.training.input.FileSlice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Finds the damaged file: TensorFlow names an offset, but not always the file. */
final class DamageReport {

    private DamageReport() {}

    /** The first damage in any of the files; empty when all can be read to the end. */
    static Optional<String> of(List<FileSlice> slices) {
        for (var file : slices.stream().map(FileSlice::file).distinct().toList()) {
            try (var reader = TfRecordReader.open(file)) {
                while (reader.next() != null) {
                    // Reading checks both checksums.
                }
            } catch (CorruptRecordException damage) {
                return Optional.of(String.valueOf(damage.getMessage()));
            } catch (IOException unreadable) {
                return Optional.of(file + ": " + unreadable.getMessage() + " (expected: a readable TFRecord file)");
            }
        }
        return Optional.empty();
    }
}

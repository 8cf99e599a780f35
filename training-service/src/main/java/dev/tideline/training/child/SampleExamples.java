package dev.tideline.training.child;

import dev.tideline.tfrecord.CorruptRecordException;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.training.input.FileSlice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A few real examples, to prove an export with and to warm a server up with. */
final class SampleExamples {

    private static final int COUNT = 32;

    private SampleExamples() {}

    static List<byte[]> first(List<FileSlice> slices) throws IOException {
        var examples = new ArrayList<byte[]>();
        for (var slice : slices) {
            try (var reader = TfRecordReader.open(slice.file())) {
                long at = 0;
                for (var record = reader.next(); record != null && examples.size() < COUNT && at < slice.skip() + slice.take();
                        record = reader.next()) {
                    if (at++ >= slice.skip()) {
                        examples.add(record);
                    }
                }
            } catch (CorruptRecordException damage) {
                throw new ChildException(ChildFailure.CORRUPT_RECORDS, String.valueOf(damage.getMessage()), damage);
            }
            if (examples.size() >= COUNT) {
                break;
            }
        }
        return examples;
    }
}

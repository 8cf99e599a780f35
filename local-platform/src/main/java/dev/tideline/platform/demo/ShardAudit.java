package dev.tideline.platform.demo;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;

/** Counts the records of a dataset version by reading its TFRecord files, every checksum included. */
final class ShardAudit {

    private ShardAudit() {}

    /** @param records readable records in {@code files} files */
    record Count(long records, int files) {}

    /** @param manifest path of the manifest, relative to {@code storage} */
    static Count count(Path storage, String manifest) {
        try {
            var files = files(DatasetManifestCodec.read(storage.resolve(manifest)));
            long records = 0;
            for (var file : files) {
                records += count(storage.resolve(file));
            }
            return new Count(records, files.size());
        } catch (IOException e) {
            throw new DemoException("dataset version " + manifest + ": " + e.getMessage() + " (expected: readable TFRecord files)");
        }
    }

    private static TreeSet<String> files(DatasetManifest manifest) {
        var files = new TreeSet<String>();
        manifest.splits().values().forEach(split -> split.slices().forEach(slice -> files.add(slice.path())));
        return files;
    }

    private static long count(Path file) throws IOException {
        try (var reader = TfRecordReader.open(file)) {
            long records = 0;
            for (var record = reader.next(); record != null; record = reader.next()) {
                Example.decode(record);
                records++;
            }
            return records;
        }
    }
}

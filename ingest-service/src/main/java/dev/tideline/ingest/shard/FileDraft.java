package dev.tideline.ingest.shard;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Schema;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.storage.Checksums;
import dev.tideline.tfrecord.CanonicalRow;
import dev.tideline.tfrecord.DirectIo;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One TFRecord file while it is written, with what is learned about its records on the way. */
final class FileDraft implements Closeable {

    private static final int TIME_MARKS = 1024;

    private final Path path;
    private final MessageDigest digest = Checksums.fast();
    private final TfRecordWriter writer;
    private final StatisticsBuilder statistics;
    private final TimeIndex.Builder times = new TimeIndex.Builder(TIME_MARKS);
    private long minTime = Long.MAX_VALUE;

    /** @param io past the system's cache when there is one */
    FileDraft(Path path, Schema schema, @Nullable DirectIo io) throws IOException {
        this.path = path;
        this.writer = io == null ? TfRecordWriter.create(path, digest) : TfRecordWriter.create(path, digest, io);
        this.statistics = new StatisticsBuilder(schema);
    }

    void write(byte[] encoded, CanonicalRow row, long millis) throws IOException {
        writer.write(encoded);
        statistics.add(row);
        times.add(millis);
        minTime = Math.min(minTime, millis);
    }

    long bytes() {
        return writer.bytes();
    }

    Path path() {
        return path;
    }

    Instant minTime() {
        return Instant.ofEpochMilli(minTime);
    }

    TimeIndex times() {
        return times.build();
    }

    DatasetStatistics statistics() {
        return statistics.build();
    }

    /** Makes the records durable and returns the checksum of the file. */
    String finish() throws IOException {
        writer.force();
        writer.close();
        return Checksums.text(digest);
    }

    /** Gives the file up. */
    void discard() throws IOException {
        try {
            close();
        } finally {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}

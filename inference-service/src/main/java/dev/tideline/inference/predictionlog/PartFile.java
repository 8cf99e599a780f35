package dev.tideline.inference.predictionlog;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.tfrecord.CorruptRecordException;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;

/** A file of the log while it is written. Rows count as logged once the operating system has them, and as dropped when it never does. */
final class PartFile {

    static final String SUFFIX = ".part";

    private final Path path;
    private final TfRecordWriter writer;
    private final Instant opened;
    private final LogMetrics metrics;
    private final Queue<ServableId> pending = new ArrayDeque<>();
    private long logged;

    PartFile(Path path, Instant opened, LogMetrics metrics) throws IOException {
        this.path = path;
        this.writer = TfRecordWriter.create(path);
        this.opened = opened;
        this.metrics = metrics;
    }

    Instant opened() {
        return opened;
    }

    long bytes() {
        return writer.bytes();
    }

    /** Whatever comes of it, the row is counted by one of the next three. */
    void write(byte[] payload, ServableId id) throws IOException {
        pending.add(id);
        writer.write(payload);
    }

    void flush() throws IOException {
        writer.flush();
        settle(pending.size());
    }

    /** Nothing more comes: the file gets its name. */
    void finish() throws IOException {
        writer.force();
        writer.close();
        settle(pending.size());
        Files.move(path, whole(path));
    }

    /** After a failure: the file keeps the records that reached it whole, so that any reader can read it, and gets its name. */
    void salvage() throws IOException {
        writer.abandon();
        settle(Math.clamp(takeUp(path) - logged, 0, pending.size()));
        for (ServableId id = pending.poll(); id != null; id = pending.poll()) {
            metrics.dropped(id, LogMetrics.Reason.DISK, 1);
        }
    }

    private void settle(int rows) {
        for (int i = 0; i < rows; i++) {
            metrics.logged(pending.remove());
        }
        logged += rows;
    }

    /**
     * Cuts off the torn end that a crash or a full disk has left, and gives the file its name; one without records goes.
     *
     * @return its records
     */
    static long takeUp(Path part) throws IOException {
        long records = 0;
        long bytes;
        try (TfRecordReader reader = TfRecordReader.open(part)) {
            while (reader.next() != null) {
                records++;
            }
            bytes = reader.offset();
        } catch (CorruptRecordException e) {
            bytes = e.offset();
        }
        if (records == 0) {
            Files.delete(part);
            return 0;
        }
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
        Files.move(part, whole(part));
        return records;
    }

    static Path whole(Path part) {
        String name = part.getFileName().toString();
        return part.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }
}

package dev.tideline.inference.predictionlog;

import dev.tideline.tfrecord.CorruptRecordException;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A first-in, first-out queue of records in files, bounded in bytes, that outlives the process. Segments are TFRecord files; how many
 * records of the first one are done with is in the file {@code done}, written before they are forgotten, so that a crash repeats at most
 * one round of {@link #peek}. One thread may add while another takes.
 */
final class Spool implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Spool.class);
    private static final long SEGMENT = 4 << 20;
    private static final String SUFFIX = ".spool";

    private final SpoolFolder folder;
    private final long maxBytes;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Path> segments = new ArrayDeque<>();
    private long nextNumber;
    private volatile long bytes;
    private @Nullable TfRecordWriter writer;
    private @Nullable TfRecordReader reader;
    private long done;
    private final List<LogRecord> peeked = new ArrayList<>();

    /** Takes up what an earlier process left in the folder. */
    Spool(SpoolFolder folder, long maxBytes) throws IOException {
        this.folder = folder;
        this.maxBytes = maxBytes;
        try (Stream<Path> files = Files.list(folder.path())) {
            files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().forEach(segments::add);
        }
        for (Path segment : segments) {
            bytes += Files.size(segment);
            nextNumber = number(segment) + 1;
        }
        this.done = readDone();
    }

    /** Bytes on disk. */
    long bytes() {
        return bytes;
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return segments.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** False when there is no room. */
    boolean add(LogRecord record) throws IOException {
        byte[] encoded = record.encode();
        long size = encoded.length + TfRecordWriter.OVERHEAD;
        lock.lock();
        try {
            if (bytes + size > maxBytes) {
                return false;
            }
            if (writer == null) {
                Path segment = folder.path().resolve(String.format("%012d%s", nextNumber++, SUFFIX));
                writer = TfRecordWriter.create(segment);
                segments.add(segment);
            }
            writer.write(encoded);
            bytes += size;
            if (writer.bytes() >= SEGMENT) {
                closeWriter();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** What was added survives the end of this process from now on. */
    void flush() throws IOException {
        lock.lock();
        try {
            if (writer != null) {
                writer.flush();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The oldest records, of one segment, without removing them; empty when there are none. The same until {@link #remove()}. */
    List<LogRecord> peek(int most) throws IOException {
        lock.lock();
        try {
            while (peeked.isEmpty() && !segments.isEmpty()) {
                TfRecordReader current = reader();
                for (LogRecord record = next(current); record != null; record = peeked.size() < most ? next(current) : null) {
                    peeked.add(record);
                }
                if (peeked.isEmpty()) {
                    deleteFirst();
                }
            }
            return List.copyOf(peeked);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets what {@link #peek} last returned. */
    void remove() throws IOException {
        lock.lock();
        try {
            done += peeked.size();
            peeked.clear();
            Path first = segments.peek();
            if (first != null) {
                Files.writeString(folder.path().resolve("done"), number(first) + " " + done);
            }
        } finally {
            lock.unlock();
        }
    }

    private TfRecordReader reader() throws IOException {
        if (reader == null) {
            if (segments.size() == 1) {
                closeWriter();
            }
            reader = TfRecordReader.open(segments.getFirst());
            for (long i = 0; i < done && next(reader) != null; i++) {
                // Passed over: done with before this process began.
            }
        }
        return reader;
    }

    /** The next whole record; damage, such as the torn end that a crash leaves, is passed over. */
    private @Nullable LogRecord next(TfRecordReader from) throws IOException {
        while (true) {
            try {
                byte[] record = from.next();
                return record == null ? null : LogRecord.decode(record);
            } catch (CorruptRecordException e) {
                log.warn("Spooled predictions are damaged: {}; {} bytes are lost", e.getMessage(), from.recover());
            }
        }
    }

    private void deleteFirst() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
        Path first = segments.remove();
        long size = Files.size(first);
        Files.delete(first);
        done = 0;
        bytes = segments.isEmpty() ? 0 : Math.max(0, bytes - size);
    }

    private void closeWriter() throws IOException {
        if (writer != null) {
            writer.close();
            writer = null;
        }
    }

    private long readDone() throws IOException {
        Path file = folder.path().resolve("done");
        if (segments.isEmpty() || !Files.exists(file)) {
            return 0;
        }
        String[] parts = Files.readString(file, StandardCharsets.UTF_8).strip().split(" ");
        try {
            return parts.length == 2 && Long.parseLong(parts[0]) == number(segments.getFirst()) ? Long.parseLong(parts[1]) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static long number(Path segment) {
        String name = segment.getFileName().toString();
        return Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try (folder) {
            closeWriter();
            if (reader != null) {
                reader.close();
                reader = null;
            }
        } finally {
            lock.unlock();
        }
    }
}

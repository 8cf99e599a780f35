package dev.tideline.inference.predictionlog;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.CorruptRecordException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes TFRecord files of the same {@code tf.train.Example} that Kafka gets, with what are headers there as features
 * {@code tideline/...}. A file that is being written ends in {@code .part}; it loses that when it is full, old enough, or taken up after a
 * crash. Beyond the most bytes the oldest files go.
 */
final class FileSink implements PredictionSink {

    static final String PREFIX = "predictions-";
    static final String WHOLE = ".tfrecord";
    private static final String PART = WHOLE + ".part";
    private static final Logger log = LoggerFactory.getLogger(FileSink.class);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final FileProperties properties;
    private final InstantSource clock;
    private final LogMetrics metrics;
    private int number;
    private @Nullable TfRecordWriter writer;
    private @Nullable Path part;
    private Instant opened = Instant.EPOCH;

    /** @throws UncheckedIOException when the folder cannot be made or read */
    FileSink(FileProperties properties, InstantSource clock, LogMetrics metrics) {
        this.folder = properties.folder();
        this.properties = properties;
        this.clock = clock;
        this.metrics = metrics;
        try {
            Files.createDirectories(folder);
            for (Path left : files(PART)) {
                finish(left, wholeBytes(left));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("prediction-log.file.folder: " + folder + " (expected: a folder that can be written)", e);
        }
    }

    @Override
    public void write(LogRecord record) {
        try {
            TfRecordWriter to = writer();
            to.write(payload(record));
            metrics.logged(record.servable());
            if (to.bytes() >= properties.size().toBytes()) {
                roll();
            }
        } catch (IOException e) {
            metrics.dropped(record.servable(), LogMetrics.Reason.DISK, 1);
            log.warn("Prediction {} is not logged: {}", record.id(), e.toString());
        }
    }

    /** The example with what is known of it. */
    static byte[] payload(LogRecord record) {
        Map<String, Feature> features = new HashMap<>(Example.decode(record.example()).features());
        features.put("tideline/id", Feature.text(record.id()));
        features.put("tideline/model", Feature.text(record.servable().model()));
        features.put("tideline/model-version", Feature.longs(record.servable().version()));
        features.put("tideline/signature", Feature.text(record.headers().getOrDefault(RecordHeaders.SIGNATURE, "")));
        features.put("tideline/time", Feature.text(record.headers().getOrDefault(RecordHeaders.TIME, "")));
        return Example.of(features).encode();
    }

    private TfRecordWriter writer() throws IOException {
        if (writer == null) {
            opened = clock.instant();
            do {
                part = folder.resolve(PREFIX + NAME.format(opened) + String.format("-%04d", number++) + PART);
            } while (Files.exists(part) || Files.exists(whole(part)));
            writer = TfRecordWriter.create(part);
        }
        return writer;
    }

    @Override
    public void idle() {
        try {
            if (writer != null && !clock.instant().isBefore(opened.plus(properties.interval()))) {
                roll();
            } else if (writer != null) {
                writer.flush();
            }
        } catch (IOException e) {
            log.warn("Logged predictions do not reach the disk: {}", e.toString());
        }
    }

    private void roll() throws IOException {
        if (writer == null || part == null) {
            return;
        }
        try (TfRecordWriter full = writer) {
            writer = null;
            full.force();
        }
        Files.move(part, whole(part));
        long total = 0;
        List<Path> newestFirst = files(WHOLE).reversed();
        for (Path file : newestFirst) {
            total += Files.size(file);
            if (total > properties.total().toBytes() && !file.equals(newestFirst.getFirst())) {
                Files.delete(file);
                log.info("Deleted the oldest logged predictions, {}: more than {}", file.getFileName(), properties.total());
            }
        }
    }

    private static Path whole(Path part) {
        String name = part.getFileName().toString();
        return part.resolveSibling(name.substring(0, name.length() - ".part".length()));
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX) && file.getFileName().toString().endsWith(suffix))
                    .sorted().toList();
        }
    }

    /** Where the torn end begins that a crash may leave. */
    private static long wholeBytes(Path file) throws IOException {
        try (TfRecordReader reader = TfRecordReader.open(file)) {
            while (reader.next() != null) {
                // Counts.
            }
            return reader.offset();
        } catch (CorruptRecordException e) {
            return e.offset();
        }
    }

    private static void finish(Path left, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(left, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
        Files.move(left, whole(left));
    }

    @Override
    public void close(Duration patience) {
        try {
            roll();
        } catch (IOException e) {
            log.warn("The last logged predictions may be lost: {}", e.toString());
        }
    }
}

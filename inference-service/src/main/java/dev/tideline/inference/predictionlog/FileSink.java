package dev.tideline.inference.predictionlog;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * crash or a full disk. Beyond the most bytes the oldest files go.
 */
final class FileSink implements PredictionSink {

    static final String PREFIX = "predictions-";
    static final String WHOLE = ".tfrecord";
    private static final String PART = WHOLE + PartFile.SUFFIX;
    private static final Logger log = LoggerFactory.getLogger(FileSink.class);
    /** After a failure, before another file is begun. */
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final FileProperties properties;
    private final InstantSource clock;
    private final LogMetrics metrics;
    private int number;
    private @Nullable PartFile current;
    private @Nullable PartFile broken;
    private boolean troubled;
    private Instant again = Instant.MIN;

    /** @throws UncheckedIOException when the folder cannot be made or read */
    FileSink(FileProperties properties, InstantSource clock, LogMetrics metrics) {
        this.folder = properties.folder();
        this.properties = properties;
        this.clock = clock;
        this.metrics = metrics;
        try {
            Files.createDirectories(folder);
            for (Path left : files(PART)) {
                PartFile.takeUp(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("prediction-log.file.folder: " + folder + " (expected: a folder that can be written)", e);
        }
    }

    @Override
    public void write(LogRecord record) {
        PartFile to = open();
        if (to == null) {
            metrics.dropped(record.servable(), LogMetrics.Reason.DISK, 1);
            return;
        }
        try {
            to.write(payload(record), record.servable());
            if (to.bytes() >= properties.size().toBytes()) {
                roll(to);
            }
        } catch (IOException e) {
            failed(e);
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

    /** Null while the disk is given time after a failure. */
    private @Nullable PartFile open() {
        if (current != null) {
            return current;
        }
        Instant now = clock.instant();
        if (now.isBefore(again)) {
            return null;
        }
        try {
            if (broken != null) {
                broken.salvage();
                broken = null;
            }
            Path part;
            do {
                part = folder.resolve(PREFIX + NAME.format(now) + String.format("-%04d", number++) + PART);
            } while (Files.exists(part) || Files.exists(PartFile.whole(part)));
            current = new PartFile(part, now, metrics);
        } catch (IOException e) {
            failed(e);
        }
        return current;
    }

    /** Said once, not for every row: a full disk is not helped by what is written about it. */
    private void failed(IOException failure) {
        if (!troubled) {
            log.warn("Predictions are not logged but dropped and counted: {}", failure.toString());
        }
        troubled = true;
        again = clock.instant().plus(PAUSE);
        if (current != null) {
            broken = current;
            current = null;
        }
        try {
            if (broken != null) {
                broken.salvage();
                broken = null;
            }
        } catch (IOException e) {
            log.debug("The file is taken up later", e);
        }
    }

    @Override
    public void idle() {
        PartFile file = current;
        if (file == null) {
            return;
        }
        try {
            if (!clock.instant().isBefore(file.opened().plus(properties.interval()))) {
                roll(file);
            } else {
                file.flush();
            }
            if (troubled) {
                log.info("Predictions are logged again");
                troubled = false;
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void roll(PartFile full) throws IOException {
        full.finish();
        current = null;
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

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX) && file.getFileName().toString().endsWith(suffix))
                    .sorted().toList();
        }
    }

    @Override
    public void close(Duration patience) {
        try {
            if (current != null) {
                roll(current);
            }
        } catch (IOException e) {
            failed(e);
        }
    }
}

package dev.tideline.inference.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

class FileSinkTest {

    @TempDir
    Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    private FileSink sink(long size, long total) {
        return new FileSink(new FileProperties(folder, DataSize.ofBytes(size), Duration.ofMinutes(1), DataSize.ofBytes(total)),
                () -> now, new LogMetrics(registry));
    }

    private static LogRecord record(String id) {
        return new LogRecord(id, 5, Map.of(RecordHeaders.MODEL, "m", RecordHeaders.MODEL_VERSION, "2", RecordHeaders.SIGNATURE, "s",
                RecordHeaders.TIME, "2026-01-02T03:04:05Z"), Example.of(Map.of("x", Feature.floats(1), "output/y", Feature.floats(2))).encode());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private List<String> ids(String name) throws IOException {
        List<String> ids = new ArrayList<>();
        try (TfRecordReader reader = TfRecordReader.open(folder.resolve(name))) {
            for (byte[] record = reader.next(); record != null; record = reader.next()) {
                ids.add(new String(((Feature.Bytes) Example.decode(record).feature("tideline/id")).values()[0]));
            }
        }
        return ids;
    }

    @Test
    void writesExamplesThatSayWhatTheyAre() throws IOException {
        try (FileSink sink = sink(1_000_000, 1_000_000)) {
            sink.write(record("a-0"));
            sink.write(record("a-1"));
            assertThat(names()).containsExactly("predictions-20260102T030405-0000.tfrecord.part");
        }

        assertThat(names()).containsExactly("predictions-20260102T030405-0000.tfrecord");
        assertThat(ids(names().getFirst())).containsExactly("a-0", "a-1");
        assertThat(Example.decode(FileSink.payload(record("a-0"))).features()).isEqualTo(Map.of(
                "x", Feature.floats(1), "output/y", Feature.floats(2), "tideline/id", Feature.text("a-0"), "tideline/model", Feature.text("m"),
                "tideline/model-version", Feature.longs(2), "tideline/signature", Feature.text("s"),
                "tideline/time", Feature.text("2026-01-02T03:04:05Z")));
        assertThat(registry.get("tideline.inference.log.rows").counter().count()).isEqualTo(2);
    }

    @Test
    void beginsAnotherFileWhenOneIsFullOrOldEnough() throws IOException {
        try (FileSink sink = sink(300, 1_000_000)) {
            sink.write(record("a"));
            sink.write(record("b"));
            sink.write(record("c"));
            sink.idle();
            assertThat(names()).hasSize(2);
            now = now.plusSeconds(60);
            sink.idle();
            assertThat(names()).allMatch(name -> name.endsWith(".tfrecord"));
        }
    }

    @Test
    void deletesTheOldestBeyondTheMostBytes() throws IOException {
        try (FileSink sink = sink(1, 700)) {
            for (int i = 0; i < 20; i++) {
                sink.write(record("r" + i));
            }
        }
        assertThat(names()).hasSizeBetween(1, 4);
        assertThat(ids(names().getLast())).containsExactly("r19");
    }

    @Test
    void takesUpWhatACrashLeft() throws IOException {
        FileSink crashed = sink(1_000_000, 1_000_000);
        crashed.write(record("a"));
        crashed.write(record("b"));
        crashed.idle();
        Path part = folder.resolve(names().getFirst());
        Files.write(part, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);

        try (FileSink sink = sink(1_000_000, 1_000_000)) {
            sink.write(record("c"));
        }

        assertThat(names()).hasSize(2).allMatch(name -> name.endsWith(".tfrecord"));
        assertThat(ids(names().getFirst())).containsExactly("a", "b");
        assertThat(ids(names().getLast())).containsExactly("c");
    }

    /** An interrupt closes the file under the writer, and is a failure to write like any other. */
    @Test
    void fileStaysReadableAndRowsAreCountedRightAfterAFailureToWrite() throws IOException {
        try (FileSink sink = sink(1_000_000, 1_000_000)) {
            sink.write(record("a"));
            sink.write(record("b"));
            sink.idle();
            sink.write(record("c"));
            Thread.currentThread().interrupt();
            sink.idle();
            assertThat(Thread.interrupted()).isTrue();
            sink.write(record("d"));
            now = now.plusSeconds(2);
            sink.write(record("e"));
        }

        assertThat(names()).hasSize(2).allMatch(name -> name.endsWith(".tfrecord"));
        assertThat(ids(names().getFirst())).containsExactly("a", "b");
        assertThat(ids(names().getLast())).containsExactly("e");
        assertThat(registry.get("tideline.inference.log.rows").counter().count()).isEqualTo(3);
        assertThat(registry.get("tideline.inference.log.dropped").tag("reason", "disk").counter().count()).as("c and d").isEqualTo(2);
    }
}

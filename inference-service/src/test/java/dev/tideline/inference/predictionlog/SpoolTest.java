package dev.tideline.inference.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.RecordHeaders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

    @TempDir
    Path folder;

    static LogRecord record(String id, int bytes) {
        return new LogRecord(id, 5, Map.of(RecordHeaders.MODEL, "m", RecordHeaders.MODEL_VERSION, "2"), new byte[bytes]);
    }

    private Spool open(long maxBytes) throws IOException {
        return new Spool(SpoolFolder.claim(folder), maxBytes);
    }

    private static void add(Spool spool, int from, int to, int bytes) throws IOException {
        for (int i = from; i < to; i++) {
            assertThat(spool.add(record("r" + i, bytes))).isTrue();
        }
    }

    private static List<String> drain(Spool spool, int round) throws IOException {
        List<String> ids = new ArrayList<>();
        for (List<LogRecord> next = spool.peek(round); !next.isEmpty(); next = spool.peek(round)) {
            next.forEach(record -> ids.add(record.id()));
            spool.remove();
        }
        return ids;
    }

    private static List<String> ids(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "r" + i).toList();
    }

    @Test
    void givesBackInOrderOverSeveralSegments() throws IOException {
        try (Spool spool = open(100_000_000)) {
            add(spool, 0, 1000, 20_000);

            assertThat(drain(spool, 37)).isEqualTo(ids(0, 1000));
            assertThat(spool.isEmpty()).isTrue();
            assertThat(spool.bytes()).isZero();
            add(spool, 1000, 1001, 1);
            assertThat(drain(spool, 37)).containsExactly("r1000");
        }
    }

    @Test
    void peeksTheSameUntilItIsRemoved() throws IOException {
        try (Spool spool = open(1_000_000)) {
            add(spool, 0, 10, 10);

            assertThat(spool.peek(4)).extracting(LogRecord::id).containsExactly("r0", "r1", "r2", "r3");
            add(spool, 10, 12, 10);
            assertThat(spool.peek(4)).extracting(LogRecord::id).containsExactly("r0", "r1", "r2", "r3");
            assertThat(drain(spool, 4)).isEqualTo(ids(0, 12));
        }
    }

    @Test
    void goesOnWhereAnEarlierProcessStopped() throws IOException {
        try (Spool spool = open(1_000_000)) {
            add(spool, 0, 10, 10);
            spool.peek(4);
            spool.remove();
            spool.peek(4);
        }
        try (Spool spool = open(1_000_000)) {
            add(spool, 10, 12, 10);
            assertThat(drain(spool, 4)).isEqualTo(ids(4, 12));
        }
    }

    @Test
    void refusesWhatHasNoRoom() throws IOException {
        try (Spool spool = open(1_000)) {
            add(spool, 0, 4, 100);
            assertThat(spool.add(record("large", 600))).isFalse();
            assertThat(drain(spool, 10)).isEqualTo(ids(0, 4));
            assertThat(spool.add(record("large", 600))).isTrue();
        }
    }

    @Test
    void losesOnlyTheTornEndThatACrashLeaves() throws IOException {
        try (Spool spool = open(1_000_000)) {
            add(spool, 0, 3, 10);
        }
        Path segment;
        try (Stream<Path> files = Files.list(folder.resolve("0"))) {
            segment = files.filter(file -> file.toString().endsWith(".spool")).findFirst().orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 5);
        }
        try (Spool spool = open(1_000_000)) {
            add(spool, 3, 5, 10);
            assertThat(drain(spool, 10)).containsExactly("r0", "r1", "r3", "r4");
        }
    }

    @Test
    void passesOverDamage() throws IOException {
        try (Spool spool = open(1_000_000)) {
            add(spool, 0, 20, 100);
        }
        Path segment;
        try (Stream<Path> files = Files.list(folder.resolve("0"))) {
            segment = files.filter(file -> file.toString().endsWith(".spool")).findFirst().orElseThrow();
        }
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {9, 9, 9, 9}), 30);
        }
        try (Spool spool = open(1_000_000)) {
            assertThat(drain(spool, 100)).isEqualTo(ids(1, 20));
        }
    }

    @Test
    void instancesThatShareAFolderDoNotMeet() throws IOException {
        try (SpoolFolder first = SpoolFolder.claim(folder); SpoolFolder second = SpoolFolder.claim(folder)) {
            assertThat(first.path()).isNotEqualTo(second.path());
        }
        try (SpoolFolder again = SpoolFolder.claim(folder)) {
            assertThat(again.path()).isEqualTo(folder.resolve("0"));
        }
    }
}

package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tideline.testing.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes as a TFRecord file: records or a typed error with the place, in memory that goes with what is there. */
class FrameFuzzTest {

    private static final int MAX_RECORD = 1 << 16;
    private static final int MEMORY = 8_000_000;
    private static final int MEMORY_PER_BYTE = 40;

    @TempDir
    private static Path folder;

    /** Two records in each compression, and a record whose length of 2 GB has a good checksum. */
    static Stream<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (Compression compression : Compression.values()) {
            seeds.add(Frames.file(compression, new byte[] {1, 2, 3}, new byte[40]));
        }
        seeds.add(Frames.header(Integer.MAX_VALUE));
        seeds.add(Frames.header(Long.MIN_VALUE));
        seeds.add(Frames.header(MAX_RECORD));
        return seeds.stream();
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        check(bytes);
    }

    @Test
    void readsNearlyGoodBytes() throws IOException {
        Fuzzing.mutate(2, 1_000, seeds().toList(), FrameFuzzTest::check);
    }

    private static void check(byte[] bytes) {
        Fuzzing.allocatingAtMost(MEMORY + (long) MEMORY_PER_BYTE * bytes.length, () -> stream(bytes));
        for (Compression compression : Compression.values()) {
            Fuzzing.allocatingAtMost(MEMORY + (compression == Compression.NONE ? (long) MEMORY_PER_BYTE : 1_100L * 3) * bytes.length,
                    () -> file(bytes, compression));
        }
    }

    /** What a stream hands out, framed again, are the bytes it was read from. */
    private static void stream(byte[] bytes) {
        TfRecordStream stream = new TfRecordStream(new ByteArrayInputStream(bytes), "body", MAX_RECORD);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try {
            for (byte[] record = stream.next(); record != null; record = stream.next()) {
                again.writeBytes(Frames.frame(record));
            }
            assertThat(again.toByteArray()).isEqualTo(bytes);
        } catch (CorruptRecordException corrupt) {
            assertThat(corrupt.offset()).isEqualTo(again.size());
            assertThat(Arrays.copyOf(bytes, again.size())).isEqualTo(again.toByteArray());
        } catch (IOException other) {
            throw new UncheckedIOException(other);
        }
    }

    private static void file(byte[] bytes, Compression compression) {
        try {
            Path file = Files.write(folder.resolve("file"), bytes);
            try (TfRecordReader reader = TfRecordReader.open(file, compression)) {
                while (reader.next() != null) {
                    assertThat(reader.offset()).isPositive();
                }
            } catch (CorruptRecordException corrupt) {
                assertThat(corrupt.file()).isEqualTo(file);
                assertThat(corrupt).hasMessageStartingWith(file + " at byte " + corrupt.offset() + ": ");
            }
        } catch (IOException other) {
            throw new UncheckedIOException(other);
        }
    }
}

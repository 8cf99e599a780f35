package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a file holds is the same whichever way its bytes went; on file systems without direct writes all of them go through the cache. */
class DirectFileTest {

    private final Random random = new Random(5);
    private final DirectIo io = new DirectIo(2, 1);

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        io.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, DirectIo.SIZE - 1, DirectIo.SIZE, DirectIo.SIZE + 1, 3 * DirectIo.SIZE, 3 * DirectIo.SIZE + 12_345})
    void writesFilesOfAnyLength(int length) throws IOException {
        byte[] bytes = bytes(length);
        assertThat(Files.readAllBytes(written(bytes, io))).isEqualTo(bytes);
        bothBuffersAreFree();
    }

    @Test
    void bytesAreInTheFileAfterAFlushAndMoreMayFollow() throws IOException {
        byte[] bytes = bytes(2 * DirectIo.SIZE + 999);
        Path file = folder.resolve("flushed");
        try (FileChannel cached = open(file); DirectFile out = new DirectFile(file, cached, io)) {
            for (int from = 0; from < bytes.length; from += 300_001) {
                int to = Math.min(bytes.length, from + 300_001);
                out.write(bytes, from, to - from);
                out.flush();
                assertThat(Files.readAllBytes(file)).isEqualTo(Arrays.copyOf(bytes, to));
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    }

    @Test
    void oneBufferIsEnough() throws IOException {
        byte[] bytes = bytes(3 * DirectIo.SIZE + 7);
        try (DirectIo small = new DirectIo(1, 1)) {
            assertThat(Files.readAllBytes(written(bytes, small))).isEqualTo(bytes);
            assertThat(small.take()).isNotNull();
        }
    }

    @Test
    void withoutMemoryLeftTheCacheTakesIt() throws IOException {
        byte[] bytes = bytes(DirectIo.SIZE + 7);
        io.take();
        io.take();
        assertThat(Files.readAllBytes(written(bytes, io))).isEqualTo(bytes);
    }

    @Test
    void whatTheDirectWayRefusesGoesThroughTheCache() throws IOException {
        byte[] bytes = bytes(4 * DirectIo.SIZE + 7);
        io.close();
        assertThat(Files.readAllBytes(written(bytes, io))).isEqualTo(bytes);
        bothBuffersAreFree();
    }

    @Test
    void aFileThatCannotBeOpenedOnceMoreGoesThroughTheCache() throws IOException {
        byte[] bytes = bytes(2 * DirectIo.SIZE + 7);
        Path moved = folder.resolve("moved");
        Path file = folder.resolve("file");
        try (FileChannel cached = open(file); DirectFile out = new DirectFile(file, cached, io)) {
            Files.move(file, moved);
            out.write(bytes, 0, bytes.length);
        }
        assertThat(Files.readAllBytes(moved)).isEqualTo(bytes);
        bothBuffersAreFree();
    }

    @Test
    void aFailureOfTheCacheIsAFailureAndKeepsNoMemory() throws IOException {
        Path file = folder.resolve("closed");
        FileChannel cached = open(file);
        DirectFile out = new DirectFile(file, cached, io);
        out.write(bytes(DirectIo.SIZE + 7), 0, DirectIo.SIZE + 7);
        cached.close();
        assertThatThrownBy(out::close).isInstanceOf(ClosedChannelException.class);
        bothBuffersAreFree();
    }

    @Test
    void theDigestSeesEveryByteOfAFile() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Path file = folder.resolve("records");
        try (TfRecordWriter writer = TfRecordWriter.create(file, digest, io)) {
            for (int i = 0; i < 3_000; i++) {
                writer.write(bytes(random.nextInt(1_500)));
            }
            writer.write(bytes(DirectIo.SIZE));
            writer.force();
            assertThat(Files.size(file)).isEqualTo(writer.bytes());
        }
        assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        try (TfRecordReader reader = TfRecordReader.open(file)) {
            int records = 0;
            while (reader.next() != null) {
                records++;
            }
            assertThat(records).isEqualTo(3_001);
        }
    }

    private Path written(byte[] bytes, DirectIo through) throws IOException {
        Path file = folder.resolve("file-" + bytes.length);
        try (FileChannel cached = open(file); DirectFile out = new DirectFile(file, cached, through)) {
            for (int from = 0; from < bytes.length; ) {
                int part = Math.min(bytes.length - from, 1 + random.nextInt(200_000));
                out.write(bytes, from, part);
                from += part;
            }
        }
        return file;
    }

    private void bothBuffersAreFree() {
        assertThat(io.take()).isNotNull();
        assertThat(io.take()).isNotNull();
        assertThat(io.take()).isNull();
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}

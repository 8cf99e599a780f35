package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TfRecordStreamTest {

    @TempDir
    private Path folder;
    private byte[] bytes = {};

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("two.tfrecord");
        try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            writer.write("first".getBytes(StandardCharsets.UTF_8));
            writer.write("second".getBytes(StandardCharsets.UTF_8));
        }
        bytes = Files.readAllBytes(file);
    }

    @Test
    void readsWhatTheWriterWrote() throws IOException {
        TfRecordStream stream = stream(bytes, 100);

        assertThat(stream.next()).asString().isEqualTo("first");
        assertThat(stream.next()).asString().isEqualTo("second");
        assertThat(stream.next()).isNull();
    }

    @Test
    void refusesARecordBeyondTheLimitBeforeItReadsIt() {
        assertThatThrownBy(() -> stream(bytes, 4).next()).isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("record length: 5 (expected: 0 to 4)");
    }

    @Test
    void namesTheOffsetOfAFlippedBit() throws IOException {
        bytes[bytes.length - 6] ^= 1;
        TfRecordStream stream = stream(bytes, 100);
        stream.next();

        assertThatThrownBy(stream::next).isInstanceOfSatisfying(CorruptRecordException.class,
                e -> assertThat(e.offset()).isEqualTo(5 + TfRecordWriter.OVERHEAD));
    }

    @Test
    void refusesEveryTruncation() {
        for (int length = 1; length < bytes.length; length++) {
            if (length != 5 + TfRecordWriter.OVERHEAD) {
                TfRecordStream stream = stream(Arrays.copyOf(bytes, length), 100);
                assertThatThrownBy(() -> {
                    stream.next();
                    stream.next();
                }).as("%d bytes", length).isInstanceOf(CorruptRecordException.class);
            }
        }
    }

    @Test
    void refusesTextThatIsNoRecord() {
        assertThatThrownBy(() -> stream("{\"a\": 1, \"b\": 2}".getBytes(StandardCharsets.UTF_8), 100).next())
                .hasMessageContaining("no record header");
    }

    private static TfRecordStream stream(byte[] bytes, int maxRecord) {
        return new TfRecordStream(new ByteArrayInputStream(bytes), "body", maxRecord);
    }
}

package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TfRecordFileTest {

    @TempDir
    Path folder;

    @Test
    void framesARecordWithLengthAndMaskedChecksums() throws IOException {
        Path file = written("abc".getBytes(StandardCharsets.UTF_8));

        assertThat(Files.readAllBytes(file)).startsWith(HexFormat.of().parseHex("0300000000000000"))
                .hasSize(3 + TfRecordWriter.OVERHEAD);
        assertThat(HexFormat.of().formatHex(Files.readAllBytes(file)))
                .isEqualTo("0300000000000000" + masked("0300000000000000") + "616263" + masked("616263"));
    }

    @Test
    void readsBackRecordsOfAllSizes() throws IOException {
        Random random = new Random(1);
        List<byte[]> records = new ArrayList<>();
        for (int size : new int[] {0, 1, 11, 100, 65_519, 65_520, 65_536, 65_537, 200_000, 3}) {
            byte[] record = new byte[size];
            random.nextBytes(record);
            records.add(record);
        }
        Path file = written(records.toArray(byte[][]::new));

        assertThat(read(file)).containsExactlyElementsOf(records);
    }

    @Test
    void countsRecordsAndBytes() throws IOException {
        Path file = folder.resolve("counted");
        try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            writer.write(new byte[10]);
            writer.write(new byte[100_000]);
            writer.force();

            assertThat(writer.records()).isEqualTo(2);
            assertThat(writer.bytes()).isEqualTo(Files.size(file));
        }
    }

    @Test
    void digestsEveryByteOfTheFile() throws IOException, NoSuchAlgorithmException {
        Path file = folder.resolve("digested");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (TfRecordWriter writer = TfRecordWriter.create(file, digest)) {
            writer.write(new byte[10]);
            writer.write(new byte[200_000]);
            writer.force();
        }

        assertThat(digest.digest()).isEqualTo(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void neverWritesOverAFile() throws IOException {
        Path file = written(new byte[1]);

        assertThatThrownBy(() -> TfRecordWriter.create(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void namesFileAndOffsetOfAFlippedBit() throws IOException {
        Path file = written(new byte[10], new byte[10], new byte[10]);
        flip(file, 26 + 14);

        try (TfRecordReader reader = TfRecordReader.open(file)) {
            reader.next();
            assertThatThrownBy(reader::next).isInstanceOfSatisfying(CorruptRecordException.class, corrupt -> {
                assertThat(corrupt.offset()).isEqualTo(26);
                assertThat(corrupt.file()).isEqualTo(file);
            }).hasMessage(file + " at byte 26: checksum of the record's 10 bytes is wrong");
        }
    }

    @Test
    void findsEveryFlippedBit() throws IOException {
        Path file = written(new byte[] {1, 2, 3}, new byte[] {4, 5, 6, 7});
        byte[] good = Files.readAllBytes(file);
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bad);

            assertThatThrownBy(() -> read(file)).as("bit %d", bit).isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void findsEveryTruncationInsideARecord() throws IOException {
        Path file = written(new byte[20]);
        byte[] good = Files.readAllBytes(file);
        for (int size = 1; size < good.length; size++) {
            Files.write(file, Arrays.copyOf(good, size));

            assertThatThrownBy(() -> read(file)).as("%d bytes", size).isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void refusesALengthBeyondTheFileWithoutReservingMemory() throws IOException {
        Path file = folder.resolve("long");
        Files.write(file, HexFormat.of().parseHex("ffffff7f00000000" + masked("ffffff7f00000000") + "00000000"));

        assertThatThrownBy(() -> read(file)).hasMessageContaining("record length: 2147483647 (expected: 0 to 0");
    }

    @Test
    void readsAConcatenationOfFiles() throws IOException {
        Path first = written(new byte[] {1});
        byte[] both = new byte[34];
        System.arraycopy(Files.readAllBytes(first), 0, both, 0, 17);
        System.arraycopy(Files.readAllBytes(first), 0, both, 17, 17);
        Files.write(first, both);

        assertThat(read(first)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void readsBackCompressedRecords(Compression compression) throws IOException {
        Path file = folder.resolve("compressed");
        try (TfRecordWriter writer = TfRecordWriter.create(file, compression)) {
            writer.write(new byte[200_000]);
            writer.force();
            writer.write(new byte[] {1, 2});
        }

        try (TfRecordReader reader = TfRecordReader.open(file, compression)) {
            assertThat(reader.next()).isEqualTo(new byte[200_000]);
            assertThat(reader.next()).containsExactly(1, 2);
            assertThat(reader.next()).isNull();
        }
        assertThat(Files.size(file) < 10_000).isEqualTo(compression != Compression.NONE);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZLIB"})
    void namesAFileThatIsNotCompressed(Compression compression) throws IOException {
        Path file = written(new byte[10]);

        assertThatThrownBy(() -> {
            try (TfRecordReader reader = TfRecordReader.open(file, compression)) {
                reader.next();
            }
        }).isInstanceOf(CorruptRecordException.class).hasMessageContaining(compression + " data");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZLIB"})
    void findsACompressedFileThatIsCutOff(Compression compression) throws IOException {
        Path file = folder.resolve("compressed");
        try (TfRecordWriter writer = TfRecordWriter.create(file, compression)) {
            writer.write(new byte[100]);
        }
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        try (TfRecordReader reader = TfRecordReader.open(file, compression)) {
            assertThatThrownBy(reader::next).isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void recoversAtTheNextWholeRecord() throws IOException {
        Random random = new Random(9);
        byte[][] records = new byte[50][];
        for (int i = 0; i < records.length; i++) {
            records[i] = new byte[random.nextInt(5_000)];
            random.nextBytes(records[i]);
        }
        Path file = written(records);
        flip(file, 3);
        long third = 2L * TfRecordWriter.OVERHEAD + records[0].length + records[1].length;
        flip(file, (int) third + 14);

        try (TfRecordReader reader = TfRecordReader.open(file)) {
            assertThatThrownBy(reader::next).isInstanceOf(CorruptRecordException.class);
            assertThat(reader.recover()).isEqualTo(records[0].length + TfRecordWriter.OVERHEAD);
            assertThat(reader.next()).isEqualTo(records[1]);
            assertThatThrownBy(reader::next).isInstanceOf(CorruptRecordException.class);
            reader.recover();
            for (int i = 3; i < records.length; i++) {
                assertThat(reader.next()).isEqualTo(records[i]);
            }
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void recoversToTheEndWhenNothingGoodIsLeft() throws IOException {
        Path file = written(new byte[100_000]);
        flip(file, 20);

        try (TfRecordReader reader = TfRecordReader.open(file)) {
            assertThatThrownBy(reader::next).isInstanceOf(CorruptRecordException.class);
            assertThat(reader.recover()).isEqualTo(Files.size(file));
            assertThat(reader.next()).isNull();
        }
    }

    @Test
    void saysThatCompressedFilesCannotBeRecovered() throws IOException {
        Path file = folder.resolve("compressed");
        TfRecordWriter.create(file, Compression.GZIP).close();

        try (TfRecordReader reader = TfRecordReader.open(file, Compression.GZIP)) {
            assertThatThrownBy(reader::recover).hasMessageContaining("compressed with GZIP (expected: NONE)");
        }
    }

    private Path written(byte[]... records) throws IOException {
        Path file = folder.resolve("records");
        try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            for (byte[] record : records) {
                writer.write(record);
            }
        }
        return file;
    }

    private static List<byte[]> read(Path file) throws IOException {
        List<byte[]> records = new ArrayList<>();
        try (TfRecordReader reader = TfRecordReader.open(file)) {
            for (byte[] record = reader.next(); record != null; record = reader.next()) {
                records.add(record);
            }
            assertThat(reader.offset()).isEqualTo(Files.size(file));
        }
        return records;
    }

    private static void flip(Path file, int index) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[index] ^= 1;
        Files.write(file, bytes);
    }

    private static String masked(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        int crc = new MaskedCrc().of(bytes, 0, bytes.length);
        return HexFormat.of().toHexDigits(Integer.reverseBytes(crc));
    }
}

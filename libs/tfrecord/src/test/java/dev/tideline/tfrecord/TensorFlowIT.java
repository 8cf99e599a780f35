package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tideline.tfrecord.TensorFlowRecords.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.exceptions.TensorFlowException;

/** Files and examples, ours against those of TensorFlow's own kernels, both ways. */
class TensorFlowIT {

    private static TensorFlowRecords tensorFlow;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        tensorFlow = new TensorFlowRecords();
    }

    @AfterAll
    static void stop() {
        tensorFlow.close();
    }

    @ParameterizedTest
    @EnumSource
    void tensorFlowReadsFilesThatWeWrite(Compression compression) throws IOException {
        List<byte[]> records = payloads(11);
        Path file = folder.resolve("ours");
        try (TfRecordWriter writer = TfRecordWriter.create(file, compression)) {
            for (byte[] record : records) {
                writer.write(record);
            }
        }
        List<byte[]> found = new ArrayList<>();
        TensorFlowRecords.read(file, compression, found);

        assertThat(found).containsExactlyElementsOf(records);
    }

    @ParameterizedTest
    @EnumSource
    void weReadFilesThatTensorFlowWrites(Compression compression) throws IOException {
        List<byte[]> records = payloads(12);
        Path file = folder.resolve("theirs");
        tensorFlow.write(file, compression, records);

        assertThat(read(file, compression)).containsExactlyElementsOf(records);
    }

    @Test
    void uncompressedFilesAreTheSameBytes() throws IOException {
        List<byte[]> records = payloads(13);
        tensorFlow.write(folder.resolve("theirs"), Compression.NONE, records);
        try (TfRecordWriter writer = TfRecordWriter.create(folder.resolve("ours"))) {
            for (byte[] record : records) {
                writer.write(record);
            }
        }

        assertThat(folder.resolve("ours")).hasSameBinaryContentAs(folder.resolve("theirs"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void tensorFlowParsesTheValuesThatWeEncode(long seed) {
        RandomRows random = new RandomRows(seed);
        List<Example> rows = random.rows(100);

        List<List<Feature>> parsed = tensorFlow.parse(rows.stream().map(Example::encode).toList(), random.columns());

        for (int i = 0; i < random.columns().size(); i++) {
            Column column = random.columns().get(i);
            assertThat(parsed.get(i)).as("%s", column).containsExactlyElementsOf(
                    rows.stream().map(row -> expected(row, column)).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void tensorFlowParsesTheRowsThatTheRowEncoderWrites(long seed) {
        RandomRows random = new RandomRows(seed);
        List<Example> rows = random.rows(50);
        RowEncoder encoder = new RowEncoder(random.columns().stream().map(Column::name).toList());
        List<byte[]> encoded = rows.stream().map(row -> encode(encoder, random.columns(), row)).toList();

        List<List<Feature>> parsed = tensorFlow.parse(encoded, random.columns());

        for (int i = 0; i < random.columns().size(); i++) {
            Column column = random.columns().get(i);
            assertThat(parsed.get(i)).as("%s", column).containsExactlyElementsOf(
                    rows.stream().map(row -> expected(row, column)).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void tensorFlowParsesTheSequencesThatWeEncode(long seed) {
        RandomRows random = new RandomRows(seed);
        List<Column> columns = random.columns();
        for (int n = 0; n < 20; n++) {
            SequenceExample sequence = random.sequence();

            TensorFlowRecords.Sequence parsed = tensorFlow.parseSequence(sequence.encode(), columns, columns);

            assertThat(parsed.context()).containsExactlyElementsOf(columns.stream().map(column -> sequence.context().get(column.name())).toList());
            assertThat(parsed.lists()).containsExactlyElementsOf(columns.stream().map(column -> sequence.lists().get(column.name())).toList());
        }
    }

    @Test
    void weAndTensorFlowStopAtTheSameDamage() throws IOException {
        Path file = folder.resolve("damaged");
        RandomRows rows = new RandomRows(41);
        Random random = new Random(41);
        tensorFlow.write(file, Compression.NONE, IntStream.range(0, 20).mapToObj(i -> rows.bytes(60)).toList());
        byte[] good = Files.readAllBytes(file);
        for (int n = 0; n < 30; n++) {
            Files.write(file, flipped(good, random));
            List<byte[]> theirs = new ArrayList<>();
            List<byte[]> ours = new ArrayList<>();

            assertThatThrownBy(() -> TensorFlowRecords.read(file, Compression.NONE, theirs)).isInstanceOf(TensorFlowException.class);
            assertThatThrownBy(() -> read(file, Compression.NONE, ours)).isInstanceOf(CorruptRecordException.class);

            assertThat(ours).containsExactlyElementsOf(theirs);
        }
    }

    /** TensorFlow inflates ahead and gives up earlier; nobody hands out a record that was not written. */
    @ParameterizedTest
    @CsvSource({"GZIP, 42", "ZLIB, 43"})
    void weReadAtLeastWhatTensorFlowReadsBeforeDamageInACompressedFile(Compression compression, long seed) throws IOException {
        Path file = folder.resolve("damaged");
        RandomRows rows = new RandomRows(seed);
        Random random = new Random(seed);
        List<byte[]> written = IntStream.range(0, 20).mapToObj(i -> rows.bytes(60)).toList();
        tensorFlow.write(file, compression, written);
        byte[] good = Files.readAllBytes(file);
        int refused = 0;
        for (int n = 0; n < 30; n++) {
            Files.write(file, flipped(good, random));
            List<byte[]> theirs = new ArrayList<>();
            List<byte[]> ours = new ArrayList<>();
            // A few bits of a gzip header, such as its time, mean nothing; each other one is found.
            Throwable ourFailure = catchThrowable(() -> read(file, compression, ours));
            catchThrowable(() -> TensorFlowRecords.read(file, compression, theirs));

            if (ourFailure != null) {
                assertThat(ourFailure).isInstanceOf(CorruptRecordException.class);
                refused++;
            }
            assertThat(ours).hasSizeGreaterThanOrEqualTo(theirs.size()).containsExactlyElementsOf(written.subList(0, ours.size()));
        }
        assertThat(refused).isGreaterThan(25);
    }

    private static byte[] flipped(byte[] good, Random random) {
        byte[] bad = good.clone();
        bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        return bad;
    }

    private static Feature expected(Example row, Column column) {
        Feature value = row.feature(column.name());
        if (value != null) {
            return value;
        }
        return column.width() >= 0 ? TensorFlowRecords.defaultOf(column) : column.sample();
    }

    private static byte[] encode(RowEncoder encoder, List<Column> columns, Example row) {
        for (int i = 0; i < columns.size(); i++) {
            switch (row.feature(columns.get(i).name())) {
                case null -> { }
                case Feature.Floats floats when floats.size() == 1 -> encoder.set(i, floats.values()[0]);
                case Feature.Floats floats -> encoder.set(i, floats.values());
                case Feature.Longs longs when longs.size() == 1 -> encoder.set(i, longs.values()[0]);
                case Feature.Longs longs -> encoder.set(i, longs.values());
                case Feature.Bytes bytes -> encoder.set(i, bytes.values());
            }
        }
        return encoder.encode();
    }

    private static List<byte[]> payloads(long seed) {
        RandomRows random = new RandomRows(seed);
        List<byte[]> payloads = new ArrayList<>(random.rows(200).stream().map(Example::encode).toList());
        for (int size : new int[] {0, 1, 70_000, 300_000}) {
            payloads.add(random.bytes(size));
        }
        return payloads;
    }

    private static List<byte[]> read(Path file, Compression compression) throws IOException {
        List<byte[]> found = new ArrayList<>();
        read(file, compression, found);
        return found;
    }

    private static void read(Path file, Compression compression, List<byte[]> found) throws IOException {
        try (TfRecordReader reader = TfRecordReader.open(file, compression)) {
            for (byte[] record = reader.next(); record != null; record = reader.next()) {
                found.add(record);
            }
        }
    }
}

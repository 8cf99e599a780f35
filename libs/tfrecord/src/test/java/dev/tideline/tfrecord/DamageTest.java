package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tideline.testing.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Damage of every kind at every place: it is found where it is, and no record that is whole is lost. */
class DamageTest {

    @TempDir
    private static Path folder;

    private final byte[][] records = {bytes(1, 0), bytes(2, 5), bytes(3, 40), bytes(4, 17)};
    private final byte[] good = Frames.file(Compression.NONE, records);

    @Test
    void namesTheRecordOfEveryFlippedBitAndReadsTheOthers() throws IOException {
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            int damaged = recordAt(bit / 8);

            Found found = recover(bad);

            assertThat(found.damage()).as("bit %d", bit).containsExactly((long) start(damaged));
            assertThat(found.records()).as("bit %d", bit).containsExactlyElementsOf(without(damaged));
        }
    }

    @Test
    void readsWhatIsBeforeTheEndOfAFileThatIsCutOffAnywhere() throws IOException {
        for (int size = 0; size < good.length; size++) {
            int whole = recordAt(size);

            Found found = recover(Arrays.copyOf(good, size));

            assertThat(found.records()).as("%d bytes", size).containsExactly(Arrays.copyOf(records, whole));
            assertThat(found.damage()).as("%d bytes", size).hasSize(start(whole) == size ? 0 : 1);
        }
    }

    @Test
    void findsTheRecordsBehindEveryLostByte() throws IOException {
        for (int at = 0; at < good.length; at++) {
            assertThat(recover(joined(good, at, new byte[0], at + 1)).records()).as("byte %d", at)
                    .containsExactlyElementsOf(without(recordAt(at)));
        }
    }

    @Test
    void findsTheRecordsBehindEveryByteTooMany() throws IOException {
        for (int at = 0; at < good.length; at++) {
            int before = at == 0 ? 0 : good[at - 1];
            byte other = (byte) IntStream.of(1, 2, 3).filter(b -> b != before).filter(differing(good[at])).findFirst().orElseThrow();
            List<byte[]> found = recover(joined(good, at, new byte[] {other}, at)).records();

            assertThat(found).as("byte %d", at).containsExactlyElementsOf(
                    start(recordAt(at)) == at ? List.of(records) : without(recordAt(at)));
        }
    }

    private static IntPredicate differing(byte value) {
        return b -> b != value;
    }

    @Test
    void namesALengthBeyondTheEnd() throws IOException {
        byte[] bad = joined(good, start(1), Frames.header(1_000), start(1) + 12);

        assertThat(damage(bad)).hasMessageEndingWith(
                " at byte 16: record length: 1000 (expected: 0 to " + (good.length - start(1) - 16) + ")");
    }

    @Test
    void namesANegativeLength() throws IOException {
        assertThat(damage(Frames.header(-5))).hasMessageEndingWith(" at byte 0: record length: -5 (expected: 0 to 0)");
    }

    @Test
    void namesAWrongChecksumOfTheLength() throws IOException {
        byte[] bad = good.clone();
        bad[start(2) + 9]++;

        assertThat(damage(bad)).hasMessageEndingWith(
                " at byte 37: no record header: checksum of the record's length is wrong");
    }

    @Test
    void namesAnEndInsideAHeader() throws IOException {
        assertThat(damage(Arrays.copyOf(good, start(2) + 5)))
                .hasMessageEndingWith(" at byte 37: no record header: 5 bytes until the end (expected: 12)");
    }

    /** Records in a payload are not records of the file. */
    @Test
    void passesOverRecordsInsideADamagedPayload() throws IOException {
        byte[] bad = Frames.file(Compression.NONE, Frames.file(Compression.NONE, bytes(5, 30), bytes(6, 30)), bytes(7, 10), bytes(8, 10));
        bad[14] ^= 1;

        assertThat(recover(bad).records()).containsExactly(bytes(7, 10), bytes(8, 10));
    }

    /** The first record's header leads behind the second one then. */
    @Test
    void findsARecordWhenAsManyBytesAsItHasAreLostBeforeIt() throws IOException {
        byte[] whole = Frames.file(Compression.NONE, bytes(5, 100), bytes(6, 4), bytes(7, 30));

        assertThat(recover(joined(whole, 40, new byte[0], 60)).records()).containsExactly(bytes(6, 4), bytes(7, 30));
        assertThat(recover(joined(whole, 40, new byte[0], 60 + 46)).records()).containsExactly(bytes(6, 4), bytes(7, 30));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZLIB"})
    void readsWhatIsBeforeTheEndOfACompressedFileThatIsCutOffAnywhere(Compression compression) throws IOException {
        byte[] whole = Frames.file(compression, records);
        Path file = folder.resolve("compressed");
        for (int size = 0; size < whole.length; size++) {
            Files.write(file, Arrays.copyOf(whole, size));
            List<byte[]> found = new ArrayList<>();

            CorruptRecordException corrupt = catchThrowableOfType(CorruptRecordException.class, () -> read(file, compression, found));

            assertThat(corrupt).as("%d bytes", size).hasMessageStartingWith(file + " at byte " + corrupt.offset() + ": ")
                    .hasMessageNotContaining("null");
            assertThat(corrupt.offset()).isEqualTo(start(found.size()));
            assertThat(found).containsExactly(Arrays.copyOf(records, found.size()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZLIB"})
    void neverReadsAWrongRecordFromACompressedFileWithAFlippedBit(Compression compression) throws IOException {
        byte[] whole = Frames.file(compression, records);
        Path file = folder.resolve("compressed");
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] bad = whole.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, bad);
            List<byte[]> found = new ArrayList<>();

            CorruptRecordException corrupt = catchThrowableOfType(CorruptRecordException.class, () -> read(file, compression, found));

            assertThat(found).as("bit %d", bit).containsExactly(Arrays.copyOf(records, found.size()));
            assertThat(found.size() == records.length || corrupt != null).as("bit %d", bit).isTrue();
        }
    }

    static Stream<byte[]> scripts() {
        return IntStream.range(0, 30).mapToObj(n -> bytes(n, 3 + n));
    }

    /** The input says how long records are and what happens to the file. */
    @MethodSource("scripts")
    @FuzzTest
    void losesNoWholeRecord(byte[] script) {
        check(script);
    }

    @Test
    void losesNoWholeRecordInRandomDamage() {
        Fuzzing.mutate(3, 1_000, scripts().toList(), DamageTest::check);
    }

    private static void check(byte[] script) {
        DamagedFile file = DamagedFile.of(script);
        try {
            List<Integer> found = recover(file.bytes()).records().stream().map(file::indexOf).toList();
            // Changes may undo each other, so that a record is whole after all; but none comes twice, or was not written.
            assertThat(found).isSorted().doesNotHaveDuplicates().doesNotContain(-1).containsAll(file.whole());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param damage offsets at which records were damaged */
    private record Found(List<byte[]> records, List<Long> damage) {}

    private static Found recover(byte[] bytes) throws IOException {
        Found found = new Found(new ArrayList<>(), new ArrayList<>());
        try (TfRecordReader reader = TfRecordReader.open(Files.write(folder.resolve("file"), bytes))) {
            for (boolean more = true; more;) {
                try {
                    byte[] record = reader.next();
                    more = record != null;
                    if (more) {
                        found.records().add(record);
                    }
                } catch (CorruptRecordException corrupt) {
                    found.damage().add(corrupt.offset());
                    assertThat(reader.recover()).isPositive();
                }
            }
            assertThat(reader.offset()).isEqualTo(bytes.length);
        }
        return found;
    }

    private static CorruptRecordException damage(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("file"), bytes);
        return catchThrowableOfType(CorruptRecordException.class, () -> read(file, Compression.NONE, new ArrayList<>()));
    }

    private static void read(Path file, Compression compression, List<byte[]> found) throws IOException {
        try (TfRecordReader reader = TfRecordReader.open(file, compression)) {
            for (byte[] record = reader.next(); record != null; record = reader.next()) {
                found.add(record);
            }
        }
    }

    private int start(int record) {
        return Stream.of(records).limit(record).mapToInt(bytes -> bytes.length + TfRecordWriter.OVERHEAD).sum();
    }

    private int recordAt(int offset) {
        return (int) IntStream.rangeClosed(1, records.length).filter(record -> start(record) <= offset).count();
    }

    private List<byte[]> without(int damaged) {
        return IntStream.range(0, records.length).filter(i -> i != damaged).mapToObj(i -> records[i]).toList();
    }

    private static byte[] joined(byte[] bytes, int head, byte[] middle, int tail) {
        byte[] joined = Arrays.copyOf(bytes, head + middle.length + bytes.length - tail);
        System.arraycopy(middle, 0, joined, head, middle.length);
        System.arraycopy(bytes, tail, joined, head + middle.length, bytes.length - tail);
        return joined;
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}

package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.testing.Fuzzing;
import dev.tideline.tfrecord.TfRecordWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Bodies as they come in: content types, charsets, packing, CSV. */
class RecordSourcesTest {

    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("a", Kind.TEXT), FeatureSpec.scalar("b", Kind.INT)),
            null, null, null);

    private final RecordSources sources = sources(DataSize.ofGigabytes(1));

    private static RecordSources sources(DataSize maxBody) {
        return new RecordSources(JsonMapper.builder().build(), new IntakeProperties(DataSize.ofBytes(1_000), maxBody, 1, 1,
                DataSize.ofBytes(1_000), Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Duration.ofDays(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv;charset=iso-8859-1", "application/json; charset=utf-16", "application/x-ndjson;charset=windows-1252"})
    void refusesACharsetThatIsNotUtf8(String type) {
        assertThatThrownBy(() -> read(type, null, new byte[0]))
                .isInstanceOfSatisfying(TidelineException.class, e -> assertThat(e.code()).isEqualTo(IntakeError.UNSUPPORTED_MEDIA_TYPE))
                .hasMessage("Content-Type: " + type + " (expected: charset UTF-8)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "text/plain", "application/xml", "text/csv;charset=no-such-charset", ""})
    void refusesAContentTypeItCannotRead(String type) {
        assertThatThrownBy(() -> read(type, null, new byte[0])).hasMessageStartingWith("Content-Type: " + type + " (expected: application/json, ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/csv", "text/csv;charset=UTF-8", "TEXT/CSV; charset=us-ascii; header=present"})
    void takesUtf8UnderAllItsNames(String type) throws IOException {
        assertThat(read(type, null, bytes("a,b\nx,1\n"))).containsExactly("2:{\"a\":\"x\",\"b\":1}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a,b~\"x, \"\"y\"\"\",1~ | 2:{'a':'x, #y#','b':1}",
        "a,b~~x,1~~ | 3:{'a':'x','b':1}",
        "b,a~1,\"two~lines\"~2,z | 2:{'b':1,'a':'two\\nlines'} 4:{'b':2,'a':'z'}",
        "a,b~,1~x,~, | 2:{'b':1} 3:{'a':'x'} 4:{}",
        "a,b~Straße,1 | 2:{'a':'Straße','b':1}",
        "a,b~ x , 1 | 2:{'a':' x ','b':1}",
        "a,b~x,true~y,99999999999999999999 | 2:{'a':'x','b':1} 3:{'a':'y','b':'99999999999999999999'}",
    })
    void readsCsv(String csv, String records) throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            for (String mark : List.of("", "\uFEFF")) {
                assertThat(String.join(" ", read("text/csv", null, bytes(mark + csv.replace("~", end)))).replace("\\r", ""))
                        .isEqualTo(records.replace('\'', '"').replace("#", "\\\""));
            }
        }
    }

    @Test
    void rejectsTheRowWhoseBytesAreNotUtf8AndGoesOn() throws IOException {
        byte[] csv = bytes("a,b\nStrasse,1\ny,2\n");
        csv[8] = (byte) 0xdf;

        assertThat(read("text/csv", null, csv)).containsExactly("2 MALFORMED_CSV: bytes that are not UTF-8 (expected: text in UTF-8)", "3:{\"a\":\"y\",\"b\":2}");
    }

    @Test
    void rejectsARowThatIsLongerThanARecordMayBe() throws IOException {
        assertThat(read("text/csv", null, bytes("a,b\n" + "x".repeat(1_500) + ",1\n")).getFirst())
                .startsWith("2 MALFORMED_CSV: CSV line 2: a row longer than 1000 characters (expected: a row of 2 cells)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "'' | CSV line 1: no header line (expected: CSV with a header)",
        "a,a | CSV line 1: header [a, a] (expected: names that differ, none empty) (expected: CSV with a header)",
        "a,,b | CSV line 1: header [a, , b] (expected: names that differ, none empty) (expected: CSV with a header)"})
    void refusesCsvWithoutAUsableHeader(String header, String message) {
        assertThatThrownBy(() -> read("text/csv", null, bytes(header))).hasMessage(message);
    }

    @Test
    void readsAllMembersOfAPackedBody() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(gzip(bytes("{\"b\":1}\n")));
        body.writeBytes(gzip(new byte[0]));
        body.writeBytes(gzip(bytes("{\"b\":2}\n")));

        assertThat(read("application/x-ndjson", "gzip", body.toByteArray())).containsExactly("1:{\"b\":1}", "2:{\"b\":2}");
    }

    @Test
    void endsAPackedBodyThatUnpacksToFarMoreThanRecordsDo() throws IOException {
        byte[] bomb = gzip(new byte[80 << 20]);

        Fuzzing.allocatingAtMost(64L << 20, () -> assertThatThrownBy(() -> read("application/x-ndjson", "gzip", bomb))
                .isInstanceOf(ZipException.class).hasMessageMatching("\\d+ bytes out of \\d+, which is more than 300 times as many"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "application/json | [{'b':1},{'b':2}]", "application/x-ndjson | {'b':1}~{'b':2}~", "text/csv | a,b~x,1~y,2~z,3~",
        "application/x-tf-example | any bytes at all", "application/x-tfrecord | two records"})
    void endsABodyOfAnyFormThatIsLongerThanBodiesMayBe(String type, String text, @TempDir Path folder) throws IOException {
        byte[] body = type.equals("application/x-tfrecord") ? tfRecord(folder, text) : bytes(text.replace('\'', '"').replace('~', '\n'));
        for (byte[] sent : List.of(body, gzip(body))) {
            RecordBody tooLong = new RecordBody(type, sent == body ? null : "gzip", null, new ByteArrayInputStream(sent));

            assertThatThrownBy(() -> items(sources(DataSize.ofBytes(body.length - 1)).open(tooLong, SCHEMA)))
                    .isInstanceOf(BodyLimit.Exceeded.class).hasMessage("more than " + (body.length - 1) + " bytes");
        }
    }

    @Test
    void readsAPackedBodyOfManyEqualRecords() throws IOException {
        RecordSource source = open("application/x-ndjson", "gzip", new ByteArrayInputStream(gzip(bytes("{\"a\":\"x\",\"b\":12345}\n".repeat(100_000)))));
        long records = 0;
        for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
            records = item.line();
        }

        assertThat(records).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/x-ndjson", "text/csv", "application/x-tf-example"})
    void saysThatAPackedBodyIsCutOff(String type) throws IOException {
        byte[] whole = gzip(bytes("[{\"a\":\"" + "x".repeat(500) + "\",\"b\":1}]"));

        assertThatThrownBy(() -> read(type, "gzip", Arrays.copyOf(whole, whole.length - 9))).isInstanceOf(IOException.class)
                .hasMessageContaining("Unexpected end of ZLIB input stream");
    }

    /** A body without an end needs the memory of one record. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "application/x-ndjson | `` | {'a':'#'}~", "application/json | [ | {'a':'#'},", "text/csv | a,b~ | #,1~"})
    void readsABodyOfAnyLengthInTheMemoryOfOneRecord(String type, String start, String text) throws IOException {
        long records = 100_000;
        byte[] record = bytes(text.replace('\'', '"').replace('~', '\n').replace("#", "x".repeat(900)));
        RecordSource source = open(type, null, new SequenceInputStream(new ByteArrayInputStream(bytes(start.replace('~', '\n'))),
                new Repeated(record, records * record.length)));
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        for (long i = 0; i < records; i++) {
            assertThat(source.next()).isNotNull();
        }
        System.gc();

        assertThat(runtime.totalMemory() - runtime.freeMemory() - before).isLessThan(32L << 20);
    }

    private static final class Repeated extends InputStream {

        private final byte[] bytes;
        private final long total;
        private long at;

        Repeated(byte[] bytes, long total) {
            this.bytes = bytes;
            this.total = total;
        }

        @Override
        public int read() {
            return at < total ? bytes[(int) (at++ % bytes.length)] : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at >= total) {
                return -1;
            }
            int from = (int) (at % bytes.length);
            int got = Math.min(length, bytes.length - from);
            System.arraycopy(bytes, from, target, offset, got);
            at += got;
            return got;
        }
    }

    private List<String> read(String type, String encoding, byte[] body) throws IOException {
        return items(open(type, encoding, new ByteArrayInputStream(body)));
    }

    private static List<String> items(RecordSource source) throws IOException {
        List<String> items = new ArrayList<>();
        for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
            items.add(switch (item) {
                case RecordSource.Bytes bytes -> item.line() + ":" + new String(bytes.json(), StandardCharsets.UTF_8);
                case RecordSource.Node node -> item.line() + ":" + node.json();
                case RecordSource.Encoded encoded -> item.line() + ":" + encoded.example().length + " bytes";
                case RecordSource.Broken broken -> item.line() + " " + broken.problem().code() + broken.problem();
            });
        }
        return items;
    }

    private RecordSource open(String type, String encoding, InputStream body) throws IOException {
        return sources.open(new RecordBody(type, encoding, null, body), SCHEMA);
    }

    private static byte[] tfRecord(Path folder, String text) throws IOException {
        Path file = folder.resolve("body");
        try (TfRecordWriter writer = TfRecordWriter.create(file)) {
            for (String word : text.split(" ")) {
                writer.write(bytes(word));
            }
        }
        byte[] content = Files.readAllBytes(file);
        Files.delete(file);
        return content;
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.tideline.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.testing.Fuzzing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** Bodies as they come in: content types, charsets, packing, CSV. */
class RecordSourcesTest {

    private static final Schema SCHEMA = new Schema(1, List.of(FeatureSpec.scalar("a", Kind.TEXT), FeatureSpec.scalar("b", Kind.INT)),
            null, null, null);

    private final RecordSources sources = new RecordSources(JsonMapper.builder().build(), new IntakeProperties(DataSize.ofBytes(1_000), 1, 1,
            DataSize.ofBytes(1_000), Duration.ofSeconds(1), 1, Duration.ofSeconds(1), Duration.ofDays(1)));

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

    /** A stream without an end needs the memory of one record. */
    @Test
    void readsAStreamOfAnyLengthInTheMemoryOfOneRecord() throws IOException {
        byte[] lines = bytes("{\"a\":\"" + "x".repeat(900) + "\"}\n".repeat(1));
        long total = 200L << 20;
        InputStream endless = new InputStream() {
            private long at;

            @Override
            public int read() {
                return at < total ? lines[(int) (at++ % lines.length)] : -1;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (at >= total) {
                    return -1;
                }
                int got = Math.min(length, lines.length - (int) (at % lines.length));
                System.arraycopy(lines, (int) (at % lines.length), target, offset, got);
                at += got;
                return got;
            }
        };
        RecordSource source = open("application/x-ndjson", null, endless);
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        long before = runtime.totalMemory() - runtime.freeMemory();
        long last = 0;
        for (RecordSource.Item item = source.next(); item != null; item = source.next()) {
            last = item.line();
        }
        System.gc();

        assertThat(last).isEqualTo((total + lines.length - 1) / lines.length);
        assertThat(runtime.totalMemory() - runtime.freeMemory() - before).isLessThan(32L << 20);
    }

    @Test
    void readsOrRefusesAnyBody() {
        List<byte[]> good = Stream.of("[{\"a\":\"x\",\"b\":1},{\"a\":null}]", "{\"a\":1}\n\n{\"b\":2}\r\n", "a,b\n\"x\",1\n", "\uFEFFa\n\"\"\"\"\n")
                .map(RecordSourcesTest::bytes).toList();
        for (String type : List.of("application/json", "application/x-ndjson", "text/csv", "application/x-tf-example", "application/x-tfrecord")) {
            Fuzzing.mutate(21, 2_000, good, body -> Fuzzing.allocatingAtMost(16L << 20, () -> readOrRefuse(type, body)));
        }
    }

    private void readOrRefuse(String type, byte[] body) {
        try {
            assertThat(read(type, null, body)).isNotNull();
        } catch (TidelineException refused) {
            assertThat(refused).hasMessageContaining("(expected: ");
        } catch (IOException other) {
            throw new UncheckedIOException(other);
        }
    }

    private List<String> read(String type, String encoding, byte[] body) throws IOException {
        RecordSource source = open(type, encoding, new ByteArrayInputStream(body));
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
        return sources.open(new RecordBody(type, encoding, body), SCHEMA);
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

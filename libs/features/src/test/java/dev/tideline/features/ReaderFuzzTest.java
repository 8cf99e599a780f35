package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tideline.contracts.Problem;
import dev.tideline.testing.Fuzzing;
import dev.tideline.tfrecord.Example;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;

/** Any text as a record, a CSV file or a schema: taken, or refused with what is wrong, in memory that goes with its length. */
class ReaderFuzzTest {

    private static final long MEMORY = 16_000_000;
    private static final long MEMORY_PER_BYTE = 2_000;

    static Stream<byte[]> records() {
        return Stream.of(Fixtures.trip().toString(), "{}", "[]", "{\"id\":\"a\\u0000\\ud83c\\udf0a\",\"distance\":1e39}",
                "{\"trace\":[[1,2],[3,null]],\"late\":\"x\",\"hour\":1.5}", "{\"id\":\"a\",\"id\":\"b\"}", "{\"hour\":9223372036854775808}",
                "{\"trace\":[[\u001e\":x\",\"h",
                "{\"distance\":-0.0,\"hour\":23,\"late\":false,\"id\":\"\",\"electric\":null}").map(ReaderFuzzTest::bytes);
    }

    @MethodSource("records")
    @FuzzTest
    void readsAnyRecord(byte[] text) {
        record(text);
    }

    @Test
    void readsNearlyGoodRecords() {
        Fuzzing.mutate(11, 20_000, records().toList(), ReaderFuzzTest::record);
    }

    /** Both ways of reading agree, and what was taken is an Example that keeps to the schema. */
    private static void record(byte[] text) {
        RecordConverter converter = new RecordConverter(Fixtures.TRIPS);
        Fuzzing.allocatingAtMost(MEMORY + MEMORY_PER_BYTE * text.length, () -> converter.fromJson(text));
        RowReader reader = new RowReader(Fixtures.TRIPS);
        byte[] shortWay = reader.json(text);
        switch (converter.fromJson(text)) {
            case Conversion.Converted(Example example) -> {
                assertThat(converter.check(example)).isEqualTo(new Conversion.Converted(example));
                if (shortWay != null) {
                    assertThat(shortWay).isEqualTo(example.encode());
                    assertThat(reader.row().read(shortWay)).isTrue();
                }
            }
            case Conversion.Invalid(List<Problem> problems) -> {
                assertThat(shortWay).isNull();
                assertThat(problems).isNotEmpty().allSatisfy(problem -> assertThat(problem.expected()).isNotBlank());
                assertThat(problems).noneMatch(problem -> problem.value().contains("Feature."));
            }
        }
    }

    static Stream<byte[]> files() {
        return Stream.of("id,distance,late\n1,2.5,0\n", "\uFEFFid,x\r\n\"a,\"\"b\"\"\",\"line\nbreak\"\r\n\r\n,\r\n", "a\n\"", "a,a\n", "\n", "a,b\n1\n1,2,3\n",
                "hour,trace\n99999999999999999999,1e39\nNaN,0x1\n").map(ReaderFuzzTest::bytes);
    }

    @MethodSource("files")
    @FuzzTest
    void readsAnyCsv(byte[] text) {
        csv(text);
    }

    @Test
    void readsNearlyGoodCsv() {
        Fuzzing.mutate(12, 20_000, files().toList(), ReaderFuzzTest::csv);
    }

    private static void csv(byte[] text) {
        Fuzzing.allocatingAtMost(MEMORY + MEMORY_PER_BYTE * text.length, () -> rows(text));
        try {
            SchemaInference.fromCsv(new StringReader(new String(text, StandardCharsets.UTF_8)), "late", null, null, 100);
        } catch (MalformedCsvException | InvalidSchemaException refused) {
            assertThat(refused).hasMessageNotContaining("null");
        } catch (IOException other) {
            throw new UncheckedIOException(other);
        }
    }

    private static void rows(byte[] text) {
        try (CsvReader reader = new CsvReader(new StringReader(new String(text, StandardCharsets.UTF_8)), 1_000)) {
            CsvRecords records = new CsvRecords(reader.header(), Fixtures.TRIPS);
            RecordConverter converter = new RecordConverter(Fixtures.TRIPS);
            for (boolean more = true; more;) {
                try {
                    List<String> row = reader.next();
                    more = row != null;
                    if (more) {
                        assertThat(row).hasSameSizeAs(reader.header());
                        assertThat(converter.fromJson(records.record(row))).isNotNull();
                    }
                } catch (MalformedCsvException malformed) {
                    assertThat(malformed.line()).isPositive();
                }
            }
        } catch (MalformedCsvException noHeader) {
            assertThat(noHeader.line()).isEqualTo(1);
        } catch (IOException other) {
            throw new UncheckedIOException(other);
        }
    }

    static Stream<byte[]> schemas() {
        return Stream.of(SchemaCodec.write(Fixtures.TRIPS).toString(), "{\"features\":[{}]}", "[]", "{\"features\":[7,null,{\"name\":1}],\"label\":{}}",
                "{\"version\":1e9,\"features\":[{\"name\":\"x\",\"kind\":\"INT\",\"default\":1e400,\"domain\":{\"min\":1e999}}]}")
                .map(ReaderFuzzTest::bytes);
    }

    @MethodSource("schemas")
    @FuzzTest
    void readsAnySchema(byte[] text) {
        schema(text);
    }

    @Test
    void readsNearlyGoodSchemas() {
        Fuzzing.mutate(13, 20_000, schemas().toList(), ReaderFuzzTest::schema);
    }

    private static void schema(byte[] text) {
        try {
            Schema schema = SchemaCodec.read(Fixtures.JSON.readTree(text));
            assertThat(SchemaCodec.read(SchemaCodec.write(schema))).isEqualTo(schema);
        } catch (InvalidSchemaException invalid) {
            assertThat(invalid.problems()).isNotEmpty();
        } catch (JacksonException noJson) {
            assertThat(noJson.getStackTrace()).noneMatch(frame -> frame.getClassName().contains("SchemaReader"));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

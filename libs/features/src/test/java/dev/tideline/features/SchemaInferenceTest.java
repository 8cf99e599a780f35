package dev.tideline.features;

import static dev.tideline.features.Fixtures.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** A proposal that takes its own sample. */
class SchemaInferenceTest {

    private static final String[] CELLS = {"1", "-7", "007", "+5", "9223372036854775807", "9223372036854775808", "1.5", "-0.0", "1e10", "1e39",
            "true", "FALSE", "True", "NaN", "Infinity", "0x1p3", "1d", "2f", "x", " 3 ", "  ", "north", "2026-01-31T12:00:00Z", "1767225600000",
            "a,b", "say \"hi\"", "two\nlines", "Straße 🌊", "null", "-", ".", "1_000"};

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "1 2 3 | INT", "1 true 0 | INT", "9223372036854775807 1 | INT", "9223372036854775808 1 | FLOAT", "1.5 2 | FLOAT", "1e10 1 | FLOAT",
        "1e39 1 | TEXT", "NaN 1.5 | TEXT", "1d 2d | TEXT", "true 1.5 | TEXT", "2026-01-31T12:00:00Z 2026-02-01 | TEXT", "1767225600000 1 | INT",
        "007 8 | INT", "a 1 | TEXT", "0x10 1 | TEXT"
    })
    void givesAColumnTheKindOfAllItsCells(String cells, Kind kind) throws IOException {
        Schema schema = infer("x\n" + cells.replace(' ', '\n') + "\n", null);

        assertThat(schema.features().getFirst().kind()).isEqualTo(kind);
    }

    @Test
    void writesIntegersOfALabelAsRecordsHaveThem() throws IOException {
        String csv = "x,y\n" + IntStream.range(0, 60).mapToObj(i -> i + "," + (i % 3 == 0 ? "007" : i % 3 == 1 ? "+5" : "true"))
                .collect(Collectors.joining("\n"));

        assertThat(infer(csv, "y").labelFeature().orElseThrow().domain()).isEqualTo(new Domain.Values(List.of("5", "7", "1")));
    }

    @Test
    void leavesALabelWithManyValuesOpen() throws IOException {
        String csv = "y\n" + IntStream.range(0, 100).mapToObj(i -> "v" + i).collect(Collectors.joining("\n"));

        assertThat(infer(csv, "y").labelFeature().orElseThrow().domain()).isNull();
    }

    @Test
    void keepsAConstantColumn() throws IOException {
        assertThat(infer("x,c\n1,same\n2,same\n", null).feature("c")).hasValue(FeatureSpec.scalar("c", Kind.TEXT));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1 | 'a' | numbers, booleans or texts together",
        "true | 1.5 | numbers, booleans or texts together",
        "true | 'yes' | numbers, booleans or texts together",
        "[1,2] | [1] | values of shape [2] and of shape [1]",
        "[1,2] | 1 | values of shape [2] and of shape []",
        "[[1],[2,3]] | [[1],[2]] | arrays of different sizes, or of none",
        "[] | [] | arrays of different sizes, or of none",
        "{'b':1} | {'b':1} | a value that is OBJECT",
        "[1,null] | [1,2] | a value that is NULL",
        "1e39 | 1 | 1.0E39, which has no place in a float32",
    })
    void saysWhyNoSchemaTakesTheValuesOfAName(String first, String second, String what) {
        List<ObjectNode> records = List.of(json("{'x':" + first + "}"), json("{'x':" + second + "}"));

        assertThatThrownBy(() -> SchemaInference.fromRecords(records, null, null, null))
                .isInstanceOf(InvalidSchemaException.class).hasMessage("/x: " + what + " (expected: values of one kind and shape)");
    }

    @Test
    void namesEveryColumnThatCannotBe() {
        assertThatThrownBy(() -> SchemaInference.fromRecords(List.of(json("{'a':{},'b':[1,'x'],'c':1}")), null, null, null))
                .hasMessageContaining("/a: ").hasMessageContaining("/b: ").hasMessageNotContaining("/c: ");
    }

    static Stream<Integer> seeds() {
        return IntStream.range(0, 300).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRowOfACsvSampleKeepsToTheProposal(int seed) throws IOException {
        Random random = new Random(seed);
        int columns = 1 + random.nextInt(5);
        List<List<String>> rows = new ArrayList<>();
        List<String[]> alphabets = IntStream.range(0, columns).mapToObj(i -> alphabet(random)).toList();
        for (int row = 0; row < 40; row++) {
            rows.add(alphabets.stream().map(cells -> cells[random.nextInt(cells.length)]).toList());
        }
        List<String> header = IntStream.range(0, columns).mapToObj(i -> "c" + i).toList();
        String csv = Stream.concat(Stream.of(header), rows.stream())
                .map(row -> row.stream().map(SchemaInferenceTest::quoted).collect(Collectors.joining(","))).collect(Collectors.joining("\r\n"));
        Schema schema = infer(csv, "c0");
        CsvRecords records = new CsvRecords(header, schema);
        RecordConverter converter = new RecordConverter(schema);

        try (CsvReader reader = new CsvReader(new StringReader(csv))) {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                assertThat(converter.fromJson(records.record(row))).as("%s in %s", row, SchemaCodec.write(schema))
                        .isInstanceOf(Conversion.Converted.class);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRecordOfAJsonSampleKeepsToTheProposalOrThereIsNone(int seed) {
        Random random = new Random(seed);
        List<ObjectNode> sample = IntStream.range(0, 20).mapToObj(i -> record(random, seed % 3)).toList();
        Schema schema;
        try {
            schema = SchemaInference.fromRecords(sample, null, null, null);
        } catch (InvalidSchemaException none) {
            assertThat(none.problems()).allSatisfy(problem -> assertThat(problem.pointer()).isNotEmpty());
            return;
        }
        RecordConverter converter = new RecordConverter(schema);

        assertThat(sample).allSatisfy(record -> assertThat(converter.fromJson(record)).isInstanceOf(Conversion.Converted.class));
    }

    private static ObjectNode record(Random random, int variety) {
        String[] values = switch (variety) {
            case 0 -> new String[] {"1", "2", "-3", "true"};
            case 1 -> new String[] {"1.5", "2", "-3e5"};
            default -> new String[] {"'a'", "1", "[1,2]", "[1,2.5]", "['x','y']", "null", "{'z':1}", "1e39"};
        };
        return json("{'a':" + values[random.nextInt(values.length)] + ",'b':[" + random.nextInt(9) + "," + random.nextInt(2) + ".5]"
                + (random.nextBoolean() ? ",'c':'t" + random.nextInt(9) + "'}" : "}"));
    }

    private static String[] alphabet(Random random) {
        return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> CELLS[random.nextInt(CELLS.length)]).toArray(String[]::new);
    }

    private static String quoted(String cell) {
        return "\"" + cell.replace("\"", "\"\"") + "\"";
    }

    private static Schema infer(String csv, @Nullable String label) throws IOException {
        return SchemaInference.fromCsv(new StringReader(csv), label, null, null, 1_000);
    }
}

package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class CsvTest {

    @Test
    void readsQuotedCells() throws IOException {
        assertThat(rows("a,b\r\n\"x, \"\"y\"\"\",\"line\nbreak\"\r\n")).containsExactly(List.of("x, \"y\"", "line\nbreak"));
    }

    @Test
    void readsALastLineWithoutAnEnd() throws IOException {
        assertThat(rows("a,b\n1,")).containsExactly(List.of("1", ""));
    }

    @Test
    void skipsEmptyLinesAndAByteOrderMark() throws IOException {
        CsvReader reader = new CsvReader(new StringReader("\uFEFFa,b\n\n1,2\n\n"));

        assertThat(reader.header()).containsExactly("a", "b");
        assertThat(reader.next()).containsExactly("1", "2");
        assertThat(reader.next()).isNull();
    }

    @Test
    void takesAQuotedNameBehindAByteOrderMark() throws IOException {
        assertThat(new CsvReader(new StringReader("\uFEFF\"a, b\",c\n1,2\n")).header()).containsExactly("a, b", "c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"a;b;c | 1;'x;y';3", "a\tb\tc | 1\t'x;y'\t3", "a,b;,c | 1,'x;y',3", "'a';'b,';'c' | 1; 'x;y';3"})
    void findsTheSeparatorInTheHeaderWhenAskedTo(String header, String row) throws IOException {
        String csv = header.strip() + "\n" + row.strip() + "\n";
        CsvReader reader = CsvReader.lenient(new StringReader(csv.replace('\'', '"')));

        assertThat(reader.header()).hasSize(3);
        assertThat(reader.next()).containsExactly("1", "x;y", "3");
    }

    @Test
    void keepsToCommasUnlessAskedTo() throws IOException {
        assertThat(new CsvReader(new StringReader("a;b\n1;2\n")).header()).containsExactly("a;b");
    }

    @Test
    void namesTheLineWithTheWrongNumberOfCells() {
        assertThatThrownBy(() -> rows("a,b\n1,2\n1,2,3\n")).isInstanceOf(MalformedCsvException.class)
                .hasMessage("CSV line 3: 3 cells (expected: 2, as in the header)");
    }

    @Test
    void countsLinesInsideQuotes() {
        assertThatThrownBy(() -> rows("a,b\n\"1\n\n\",2\n1\n")).hasMessageContaining("CSV line 5: 1 cells");
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() {
        assertThatThrownBy(() -> rows("a\n\"1\n")).hasMessage("CSV line 2: a quote that is never closed");
    }

    @Test
    void refusesARepeatedColumn() {
        assertThatThrownBy(() -> rows("a,a\n")).hasMessageContaining("names that differ, none empty");
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> rows("")).hasMessage("CSV line 1: no header line");
    }

    @Test
    void infersKindsFromASample() throws IOException {
        Schema schema = infer("id,price,count,flag,note\na,1.5,3,true,x\nb,2,4,false,\n", null);

        assertThat(schema.features()).extracting(FeatureSpec::name, FeatureSpec::kind, FeatureSpec::required).containsExactly(
                org.assertj.core.groups.Tuple.tuple("id", Kind.TEXT, true), org.assertj.core.groups.Tuple.tuple("price", Kind.FLOAT, true),
                org.assertj.core.groups.Tuple.tuple("count", Kind.INT, true), org.assertj.core.groups.Tuple.tuple("flag", Kind.INT, true),
                org.assertj.core.groups.Tuple.tuple("note", Kind.TEXT, false));
    }

    @Test
    void closesTheDomainOfALabelWithFewValues() throws IOException {
        StringBuilder csv = new StringBuilder("x,y\n");
        for (int i = 0; i < 40; i++) {
            csv.append(i).append(',').append(i % 2 == 0 ? "UP" : "DOWN").append('\n');
        }

        assertThat(infer(csv.toString(), "y").labelFeature().orElseThrow().domain())
                .isEqualTo(new Domain.Values(List.of("DOWN", "UP")));
    }

    @Test
    void refusesALabelThatIsNoColumn() {
        assertThatThrownBy(() -> infer("x\n1\n", "y")).isInstanceOf(InvalidSchemaException.class)
                .hasMessage("/label: \"y\" (expected: the name of one of the features)");
    }

    @Test
    void refusesAColumnWithoutAnyValue() {
        assertThatThrownBy(() -> infer("x,y\n1,\n", null))
                .hasMessage("/y: no value in 1 rows (expected: at least one value to infer the kind from)");
    }

    @Test
    void infersShapesFromJson() {
        List<ObjectNode> records = List.of(Fixtures.json("{'v':[[1,2,3],[4,5,6]],'k':true}"), Fixtures.json("{'v':[[1,2,3],[4,5,6.5]],'k':null}"));

        assertThat(SchemaInference.fromRecords(records, null, null, null).features())
                .extracting(FeatureSpec::shape, FeatureSpec::required)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(List.of(2, 3), true), org.assertj.core.groups.Tuple.tuple(List.of(), false));
    }

    @Test
    void turnsCellsIntoTheKindsOfTheSchema() throws IOException {
        CsvRecords records = new CsvRecords(List.of("id", "distance", "hour", "late"), Fixtures.TRIPS);

        assertThat(records.record(List.of("7", "3", "8", "true")))
                .hasToString("{\"id\":\"7\",\"distance\":3.0,\"hour\":8,\"late\":1}");
    }

    @Test
    void keepsACellThatIsNoNumberForTheValidatorToName() throws IOException {
        CsvRecords records = new CsvRecords(List.of("id", "distance"), Fixtures.TRIPS);

        assertThat(records.record(List.of("7", "far"))).isEqualTo(Fixtures.json("{'id':'7','distance':'far'}"));
    }

    private static Schema infer(String csv, @Nullable String label) throws IOException {
        return SchemaInference.fromCsv(new StringReader(csv), label, null, null, 1_000);
    }

    private static List<List<String>> rows(String csv) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader reader = new CsvReader(new StringReader(csv))) {
            for (List<String> row = reader.next(); row != null; row = reader.next()) {
                rows.add(row);
            }
        }
        return rows;
    }
}

package dev.tideline.ingest.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tideline.features.Schema;
import dev.tideline.features.SchemaCodec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class SchemaDiffTest {

    private static final String X = "{\"name\":\"x\",\"kind\":\"FLOAT\",\"domain\":{\"min\":0,\"max\":10}}";
    private static final String Y = "{\"name\":\"y\",\"kind\":\"TEXT\",\"domain\":{\"values\":[\"a\",\"b\"]}}";

    @Test
    void findsNothingBetweenEqualSchemas() {
        assertThat(SchemaDiff.of(schema(X, Y), schema(X, Y))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"x","kind":"FLOAT","domain":{"min":-1,"max":10}}                            | true
            {"name":"x","kind":"FLOAT","domain":{"max":10}}                                     | true
            {"name":"x","kind":"FLOAT"}                                                         | true
            {"name":"x","kind":"FLOAT","domain":{"min":1,"max":10}}                             | false
            {"name":"x","kind":"FLOAT","domain":{"min":0,"max":9}}                              | false
            {"name":"x","kind":"INT","domain":{"min":0,"max":10}}                               | false
            {"name":"x","kind":"FLOAT","required":false,"domain":{"min":0,"max":10}}            | false
            {"name":"x","kind":"FLOAT","shape":[2],"domain":{"min":0,"max":10}}                 | false
            """)
    void allowsANumericFeatureToWidenOnly(String changed, boolean compatible) {
        List<SchemaChange> changes = SchemaDiff.of(schema(X, Y), schema(changed, Y));

        assertThat(changes).isNotEmpty();
        assertThat(changes.stream().allMatch(SchemaChange::compatible)).isEqualTo(compatible);
    }

    @Test
    void allowsMoreValues() {
        assertThat(SchemaDiff.of(schema(X, Y), schema(X, Y.replace("\"b\"", "\"b\",\"c\""))))
                .containsExactly(new SchemaChange("/features/y/domain", "one of a, b", "one of a, b, c", true, "a domain grows"));
    }

    @Test
    void refusesFewerValues() {
        assertThat(SchemaDiff.of(schema(X, Y), schema(X, Y.replace(",\"b\"", "")))).extracting(SchemaChange::compatible).containsExactly(false);
    }

    @Test
    void refusesADomainWhereThereWasNone() {
        assertThat(SchemaDiff.of(schema("{\"name\":\"x\",\"kind\":\"FLOAT\"}"), schema(X)))
                .containsExactly(new SchemaChange("/features/x/domain", null, "from 0.0 to 10.0", false, "a domain grows"));
    }

    @Test
    void allowsANewFeatureWithADefault() {
        String z = "{\"name\":\"z\",\"kind\":\"INT\",\"required\":false,\"default\":7}";

        assertThat(SchemaDiff.of(schema(X), schema(X, z)))
                .containsExactly(new SchemaChange("/features/z", null, "INT, optional, default 7", true, "a new feature has a default"));
    }

    @Test
    void refusesANewFeatureWithoutADefault() {
        assertThat(SchemaDiff.of(schema(X), schema(X, Y))).extracting(SchemaChange::pointer, SchemaChange::compatible)
                .containsExactly(tuple("/features/y", false));
    }

    @Test
    void refusesToDropAFeature() {
        assertThat(SchemaDiff.of(schema(X, Y), schema(X)))
                .containsExactly(new SchemaChange("/features/y", "TEXT", null, false, "features stay"));
    }

    @Test
    void refusesAnotherLabel() {
        Schema labelled = SchemaCodec.read(JsonMapper.builder().build().readTree("{\"version\":1,\"label\":\"y\",\"features\":[" + X + "," + Y + "]}"));

        assertThat(SchemaDiff.of(schema(X, Y), labelled)).containsExactly(new SchemaChange("/label", null, "y", false, "the label stays"));
    }

    private static Schema schema(String... features) {
        return SchemaCodec.read(JsonMapper.builder().build().readTree("{\"version\":1,\"features\":[" + String.join(",", features) + "]}"));
    }
}

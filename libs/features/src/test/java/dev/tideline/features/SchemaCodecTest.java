package dev.tideline.features;

import static dev.tideline.features.Fixtures.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCodecTest {

    @Test
    void readsWhatItWrites() {
        assertThat(SchemaCodec.read(SchemaCodec.write(Fixtures.TRIPS))).isEqualTo(Fixtures.TRIPS);
    }

    @Test
    void takesAScalarRequiredFeatureByDefault() {
        Schema schema = SchemaCodec.read(json("{'features':[{'name':'x','kind':'FLOAT'}]}"));

        assertThat(schema.features()).containsExactly(FeatureSpec.scalar("x", Kind.FLOAT));
    }

    @Test
    void takesAFeatureWithADefaultAsOptional() {
        Schema schema = SchemaCodec.read(json("{'features':[{'name':'x','kind':'INT','default':3}]}"));

        assertThat(schema.features()).singleElement().extracting(FeatureSpec::required, FeatureSpec::defaultValue)
                .containsExactly(false, 3L);
    }

    @Test
    void namesEveryProblemAtOnce() {
        assertThatThrownBy(() -> SchemaCodec.read(json("{'version':0,'features':["
                + "{'name':'1x','kind':'FLOAT'},{'name':'y','kind':'DOUBLE'},{'name':'z','kind':'FLOAT','domain':{'min':2,'max':1}},"
                + "{'name':'s','kind':'INT','shape':[0]},{'name':'t','kind':'TEXT','default':4},"
                + "{'name':'u','kind':'FLOAT'},{'name':'u','kind':'FLOAT'}],'label':'nope'}")))
                .isInstanceOfSatisfying(InvalidSchemaException.class, invalid ->
                        assertThat(invalid.problems()).extracting(Problem::pointer).containsExactly(
                                "/features/0/name", "/features/1/kind", "/features/2/domain", "/features/3/shape",
                                "/features/4/default", "/features", "/version", "/label"));
    }

    @Test
    void refusesASchemaWithoutFeatures() {
        assertThatThrownBy(() -> SchemaCodec.read(json("{'features':[]}")))
                .hasMessage("/features: [] (expected: an array of 1 to 10000 features)");
    }

    @Test
    void refusesAShapedKey() {
        assertThatThrownBy(() -> SchemaCodec.read(json("{'features':[{'name':'k','kind':'INT','shape':[2]}],'key':'k'}")))
                .hasMessage("/key: k (expected: a scalar feature)");
    }

    @Test
    void refusesAShapeWhoseSizeOverflows() {
        assertThatThrownBy(() -> SchemaCodec.read(json(
                "{'features':[{'name':'k','kind':'INT','shape':[65536,65536,65536,65536,65536]}]}")))
                .hasMessageContaining("at most 1048576 values together");
    }

    @Test
    void keepsTheFingerprintAcrossVersionsOfTheSameRules() {
        Schema next = new Schema(2, Fixtures.TRIPS.features(), "late", "id", null);

        assertThat(next.fingerprint()).isEqualTo(Fixtures.TRIPS.fingerprint()).hasSize(64);
    }

    @Test
    void changesTheFingerprintWithTheLabel() {
        Schema other = new Schema(1, Fixtures.TRIPS.features(), "hour", "id", null);

        assertThat(other.fingerprint()).isNotEqualTo(Fixtures.TRIPS.fingerprint());
    }

    @Test
    void leavesLabelAndKeyOutOfTheInputs() {
        assertThat(Fixtures.TRIPS.inputs()).extracting(FeatureSpec::name)
                .isEqualTo(List.of("distance", "hour", "station", "trace", "electric"));
    }

    @Test
    void takesARangeThatIsOpenOnOneSide() {
        Schema schema = SchemaCodec.read(json("{'features':[{'name':'x','kind':'INT','domain':{'min':1}},{'name':'y','kind':'FLOAT','domain':{'max':2.5}},"
                + "{'name':'z','kind':'FLOAT','domain':null,'default':null}],'label':null}"));

        assertThat(schema.features()).extracting(FeatureSpec::domain)
                .containsExactly(new Domain.Range(1.0, null), new Domain.Range(null, 2.5), null);
        assertThat(SchemaCodec.read(SchemaCodec.write(schema))).isEqualTo(schema);
    }

    @Test
    void takesADefaultOfMoreThan64BitsForAFloat() {
        Schema schema = SchemaCodec.read(json("{'features':[{'name':'x','kind':'FLOAT','default':100000000000000000000}]}"));

        assertThat(schema.features().getFirst().defaultValue()).isEqualTo(1e20);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"0 | 0", "'1' | \"1\"", "99999999999 | 99999999999"})
    void refusesAVersionThatCannotBeOne(String version, String value) {
        assertThatThrownBy(() -> SchemaCodec.read(json("{'version':" + version + ",'features':[{'name':'x','kind':'INT'}]}")))
                .hasMessage("/version: " + value + " (expected: an integer from 1)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'kind':'INT','default':9223372036854775808} | /default | an integer of 64 bits",
        "{'kind':'INT','default':1.5} | /default | an integer of 64 bits",
        "{'kind':'FLOAT','default':1e39} | /default | a number that has a place in a float32",
        "{'kind':'BYTES','default':'x'} | /default | no default, since the feature is BYTES",
        "{'kind':'FLOAT','shape':[2],'default':1} | /default | no default, since the feature is no scalar",
        "{'kind':'FLOAT','domain':{'min':'a','max':1}} | /domain | {'min':a,'max':b} with a <= b, or {'values':[…]} for INT",
        "{'kind':'FLOAT','domain':{'values':[1]}} | /domain | {'min':a,'max':b} with a <= b, or {'values':[…]} for INT",
        "{'kind':'TEXT','domain':{'min':1}} | /domain | {'values':[…]} for TEXT, and none for BYTES",
        "{'kind':'INT','domain':{'values':['x']}} | /domain/values/0 | an integer, since the feature is INT",
        "{'kind':'INT','domain':{'values':['007']}} | /domain/values/0 | an integer, since the feature is INT",
        "{'kind':'INT','domain':{'values':[null]}} | /domain/values/0 | an integer, since the feature is INT",
        "{'kind':'TEXT','domain':{'values':['a',['b']]}} | /domain/values/1 | a string",
        "{'kind':'TEXT','domain':{'values':['a',null]}} | /domain/values/1 | a string",
        "{'kind':'TEXT','domain':{'values':['a\\u0000']}} | /domain/values/0 | text without the character U+0000",
        "{'kind':'TEXT','default':'a\\u0000'} | /default | text without the character U+0000",
        "{'kind':'FLOAT','domain':{}} | /domain | {'min':a,'max':b} with a <= b, or {'values':[…]} for INT",
        "{'kind':'FLOAT','domain':{'min':0,'max':'1'}} | /domain | {'min':a,'max':b} with a <= b, or {'values':[…]} for INT",
        "{'kind':'BYTES','domain':{'values':['a']}} | /domain | {'values':[…]} for TEXT, and none for BYTES",
        "{'kind':'INT','required':'yes'} | /required | true or false",
        "{'kind':'INT','shape':3} | /shape | an array of positive sizes, at most 1048576 values together",
    })
    void namesTheRuleThatAFeatureBreaks(String feature, String pointer, String expected) {
        String json = "{'features':[" + feature.replace("{'kind'", "{'name':'x','kind'") + "]}";

        assertThatThrownBy(() -> SchemaCodec.read(json(json))).isInstanceOfSatisfying(InvalidSchemaException.class, invalid ->
                assertThat(invalid.problems()).extracting(Problem::code, Problem::pointer, Problem::expected).containsExactly(
                        org.assertj.core.groups.Tuple.tuple("INVALID_SCHEMA", "/features/0" + pointer, expected.replace('\'', '"'))));
    }
}

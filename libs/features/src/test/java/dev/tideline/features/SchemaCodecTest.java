package dev.tideline.features;

import static dev.tideline.features.Fixtures.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

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
}

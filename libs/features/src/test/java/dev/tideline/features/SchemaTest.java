package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaTest {

    @ParameterizedTest
    @CsvSource({"trace,4", "distance,1", "id,1"})
    void knowsHowManyValuesAFeatureHas(String name, int size) {
        assertThat(Fixtures.TRIPS.feature(name).orElseThrow().size()).isEqualTo(size);
    }

    @Test
    void givesModelsEverythingButLabelKeyAndTime() {
        Schema timed = new Schema(1, Fixtures.TRIPS.features(), "late", "id", "hour");

        assertThat(timed.inputs()).extracting(FeatureSpec::name).containsExactly("distance", "station", "trace", "electric");
        assertThat(timed.labelFeature()).map(FeatureSpec::name).hasValue("late");
        assertThat(new Schema(1, timed.features(), null, null, null).labelFeature()).isEmpty();
        assertThat(timed.feature("nobody")).isEmpty();
    }

    /** Files of an older schema lie beside those of a newer one, and their statistics are read together. */
    @Test
    void keepsTheFingerprintOfItsRulesApartFromItsVersion() {
        Schema later = new Schema(7, Fixtures.TRIPS.features(), "late", "id", null);
        Schema wider = new Schema(1, Fixtures.TRIPS.features().subList(0, 6), null, "id", null);

        assertThat(later.fingerprint()).isEqualTo(Fixtures.TRIPS.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(wider.fingerprint()).isNotEqualTo(Fixtures.TRIPS.fingerprint());
    }

    @Test
    void cannotBeChangedFromOutside() {
        List<FeatureSpec> features = new ArrayList<>(Fixtures.TRIPS.features());
        List<Integer> shape = new ArrayList<>(List.of(2));
        Schema schema = new Schema(1, features, null, null, null);
        FeatureSpec spec = new FeatureSpec("x", Kind.FLOAT, shape, true, null, null);
        features.clear();
        shape.add(3);

        assertThat(schema.features()).hasSize(7);
        assertThat(spec.size()).isEqualTo(2);
        assertThatThrownBy(() -> schema.features().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}

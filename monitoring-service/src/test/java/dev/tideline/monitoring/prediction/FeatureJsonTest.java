package dev.tideline.monitoring.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.tfrecord.Feature;
import org.junit.jupiter.api.Test;

class FeatureJsonTest {

    @Test
    void aSingleValueIsItselfAndSeveralAreAnArray() {
        assertThat(FeatureJson.of(Feature.longs(7)).toString()).isEqualTo("7");
        assertThat(FeatureJson.of(Feature.floats(0.5f, 2)).toString()).isEqualTo("[0.5,2.0]");
        assertThat(FeatureJson.of(Feature.longs()).toString()).isEqualTo("[]");
    }

    @Test
    void whatJsonHasNoNumberForIsText() {
        assertThat(FeatureJson.of(Feature.floats(Float.NaN, Float.NEGATIVE_INFINITY)).toString()).isEqualTo("[\"NaN\",\"-Infinity\"]");
    }

    @Test
    void bytesAreTextWhereTheyAre() {
        assertThat(FeatureJson.of(Feature.text("späť")).toString()).isEqualTo("\"späť\"");
        assertThat(FeatureJson.of(new Feature.Bytes(new byte[][] {{(byte) 0xff, 0}})).toString()).isEqualTo("{\"b64\":\"/wA=\"}");
    }

    @Test
    void aPictureIsShownInPart() {
        assertThat(FeatureJson.of(Feature.floats(new float[5_000])).size()).isEqualTo(FeatureJson.MAX_VALUES);
    }
}

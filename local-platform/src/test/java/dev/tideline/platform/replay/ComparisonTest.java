package dev.tideline.platform.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.tfrecord.Feature;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ComparisonTest {

    private final Comparison comparison = new Comparison(1e-3);

    private boolean same(Feature logged, String row) {
        return comparison.same(Map.of("y", logged), JsonMapper.shared().readTree(row));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0.5, true", "0.5, 0.5009, true", "0.5, 0.502, false", "1000, 1000.9, true", "1000, 1001.1, false", "0.5, true, false",
        "0.5, null, false"})
    void numbersMayDifferByTheToleranceRelativeAboveOne(float logged, String answer, boolean same) {
        assertThat(same(Feature.floats(logged), answer)).isEqualTo(same);
    }

    @Test
    void notANumberAndInfinityAreThemselvesAndNothingElse() {
        assertThat(same(Feature.floats(Float.NaN, Float.POSITIVE_INFINITY), "[\"NaN\", \"Infinity\"]")).isTrue();
        assertThat(same(Feature.floats(Float.NaN), "0.5")).isFalse();
        assertThat(same(Feature.floats(Float.POSITIVE_INFINITY), "\"-Infinity\"")).isFalse();
    }

    @Test
    void nestedRowsAreComparedInTheirOrder() {
        Feature logged = Feature.floats(1, 2, 3, 4);

        assertThat(same(logged, "[[1, 2], [3, 4]]")).isTrue();
        assertThat(same(logged, "[[1, 3], [2, 4]]")).isFalse();
        assertThat(same(logged, "[[1, 2], [3]]")).isFalse();
    }

    @Test
    void integersAreExactAndTruthValuesAreOneAndZero() {
        assertThat(same(Feature.longs(Long.MAX_VALUE), "9223372036854775807")).isTrue();
        assertThat(same(Feature.longs(Long.MAX_VALUE), "9223372036854775806")).isFalse();
        assertThat(same(Feature.longs(1, 0), "[true, false]")).isTrue();
        assertThat(same(Feature.longs(2), "2.5")).isFalse();
    }

    @Test
    void bytesComeAsTextOrAsBase64() {
        Feature text = Feature.text("schön");

        assertThat(same(text, "\"schön\"")).isTrue();
        assertThat(same(text, "{\"b64\": \"c2Now7Zu\"}")).isTrue();
        assertThat(same(text, "\"schon\"")).isFalse();
    }

    /** Whatever another server answers is a difference, not a failure of the replay. */
    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "{\"b64\": \"*\"}", "[]", "{}", "{\"y\": [[]]}", "null"})
    void anAnswerOfAnotherFormDiffers(String row) {
        assertThat(same(Feature.floats(0.5f), row)).isFalse();
        assertThat(same(Feature.longs(5), row)).isFalse();
        assertThat(same(Feature.text("a"), row)).isFalse();
    }

    @Test
    void everyLoggedOutputHasToBeThereAndOthersMayBe() {
        Map<String, Feature> logged = Map.of("p", Feature.floats(0.5f), "label", Feature.text("a"));

        assertThat(comparison.same(logged, JsonMapper.shared().readTree("{\"p\": 0.5, \"label\": \"a\", \"more\": 1}"))).isTrue();
        assertThat(comparison.same(logged, JsonMapper.shared().readTree("{\"p\": 0.5}"))).isFalse();
    }
}

package dev.tideline.features;

import static dev.tideline.features.Fixtures.json;
import static dev.tideline.features.Fixtures.trip;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class RecordConverterTest {

    private final RecordConverter converter = new RecordConverter(Fixtures.TRIPS);

    @Test
    void convertsEachKindToItsList() {
        assertThat(converted(trip()).features()).containsExactlyInAnyOrderEntriesOf(Map.of(
                "id", Feature.text("t1"), "distance", Feature.floats(3.5f), "hour", Feature.longs(8),
                "station", Feature.text("north"), "trace", Feature.floats(1, 2, 3, 4),
                "electric", Feature.longs(0), "late", Feature.longs(1)));
    }

    @Test
    void leavesAnAbsentOptionalFeatureOut() {
        assertThat(converted(trip().without("station")).feature("station")).isNull();
    }

    @Test
    void takesNullForAbsent() {
        assertThat(problems(trip().putNull("distance"))).singleElement()
                .extracting(Problem::code, Problem::pointer).containsExactly("MISSING_FEATURE", "/distance");
    }

    @Test
    void namesEveryProblemOfARecordAtOnce() {
        JsonNode json = json("{'id':7,'distance':-1,'hour':'x','station':'west','trace':[[1,2]],'late':1.5,'extra':1}");

        assertThat(problems(json)).extracting(Problem::toString).containsExactlyInAnyOrder(
                "/id: 7 (expected: a string)",
                "/distance: -1.0 (expected: from 0.0 to 100.0)",
                "/hour: \"x\" (expected: an integer)",
                "/station: west (expected: one of north, south)",
                "/trace: [[1,2]] (expected: an array of shape [2, 2] with a number in each place)",
                "/late: 1.5 (expected: an integer)",
                "/extra: 1 (expected: a feature of the schema)");
    }

    @Test
    void pointsIntoNestedArrays() {
        assertThat(problems(trip().set("trace", Fixtures.JSON.readTree("[[1,2],[3,\"four\"]]"))))
                .extracting(Problem::pointer).containsExactly("/trace/1/1");
    }

    @Test
    void refusesAnIntegerBeyondInt64() {
        assertThat(problems(trip().set("hour", Fixtures.JSON.readTree("9223372036854775808"))))
                .extracting(Problem::toString).containsExactly("/hour: 9223372036854775808"
                        + " (expected: an integer from -9223372036854775808 to 9223372036854775807)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e39", "-3.5e38", "1e400", "340282356779733661637539395458142568448"})
    void refusesANumberBeyondFloat32AndStillNamesTheOtherProblems(String number) {
        List<Problem> problems = problems(("{\"distance\":" + number + ",\"hour\":99}").getBytes(StandardCharsets.UTF_8));

        assertThat(problems).extracting(Problem::code, Problem::pointer).contains(
                tuple("OUT_OF_RANGE", "/distance"), tuple("OUT_OF_DOMAIN", "/hour"), tuple("MISSING_FEATURE", "/id"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'id':'t1' | Unexpected end-of-input: expected close marker for Object",
        "{'id':'t1','id':'t2'} | Duplicate property \"id\"",
        "{'id':'t1'} {'id':'t2'} | Trailing token",
        "{'id':NaN} | Non-standard token 'NaN'",
        "{'hour':08} | Invalid numeric value: Leading zeroes not allowed",
        "{'id':'t1'}x | Unrecognized token 'x': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    })
    void saysInOneLineWhyTextIsNoRecord(String json, String reason) {
        assertThat(problems(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))).singleElement()
                .extracting(Problem::toString).isEqualTo(": " + reason + " (expected: a JSON object)");
    }

    @Test
    void refusesNestingThatIsTooDeep() {
        String deep = "{\"id\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";

        assertThat(problems(deep.getBytes(StandardCharsets.UTF_8))).singleElement().extracting(Problem::toString)
                .asString().isEqualTo(": Document nesting depth (501) exceeds the maximum allowed (500) (expected: a JSON object)");
    }

    @Test
    void refusesHalfASurrogatePair() {
        assertThat(problems(trip().put("id", "a\ud83d"))).singleElement().extracting(Problem::code, Problem::expected)
                .containsExactly("WRONG_KIND", "text in which surrogates come in pairs");
    }

    @Test
    void takesTextOutsideTheBasicPlane() {
        assertThat(converted(trip().put("id", "🌊")).feature("id")).isEqualTo(Feature.text("🌊"));
    }

    /** A default that is filled in must not hide a name that is wrong. */
    @Test
    void namesAnUnknownFeatureBesideOneThatTakesItsDefault() {
        assertThat(problems(trip().put("elektric", 1))).extracting(Problem::pointer).containsExactly("/elektric");
    }

    @Test
    void listsNoMoreProblemsThanAReaderWants() {
        ObjectNode json = trip();
        IntStream.range(0, 5_000).forEach(i -> json.put("unknown" + i, i));

        assertThat(problems(json)).hasSize(100);
    }

    private List<Problem> problems(byte[] json) {
        return ((Conversion.Invalid) converter.fromJson(json)).problems();
    }

    @Test
    void shortensLongValuesInProblems() {
        assertThat(problems(trip().put("station", "x".repeat(10_000))).getFirst().value()).hasSize(257).endsWith("…");
    }

    @Test
    void refusesJsonThatIsNoObject() {
        assertThat(converter.fromJson("[1]".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Conversion.Invalid.class, invalid ->
                        assertThat(invalid.problems()).extracting(Problem::code).containsExactly("MALFORMED_JSON"));
    }

    @Test
    void refusesTextThatIsNoJson() {
        assertThat(converter.fromJson("{\"id\":".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Conversion.Invalid.class, invalid ->
                        assertThat(invalid.problems()).extracting(Problem::code).containsExactly("MALFORMED_JSON"));
    }

    @Test
    void acceptsAnExampleThatFits() {
        Example example = converted(trip());

        assertThat(converter.check(example)).isEqualTo(new Conversion.Converted(example));
    }

    @Test
    void fillsDefaultsIntoAnExample() {
        TreeMap<String, Feature> features = new TreeMap<>(converted(trip()).features());
        features.remove("electric");

        assertThat(converter.check(Example.of(features))).isEqualTo(new Conversion.Converted(converted(trip())));
    }

    @Test
    void namesWhatIsWrongWithAnExample() {
        TreeMap<String, Feature> features = new TreeMap<>(converted(trip()).features());
        features.put("distance", Feature.longs(3));
        features.put("trace", Feature.floats(1));
        features.put("late", Feature.longs(2));
        features.put("more", Feature.longs(2));

        assertThat(converter.check(Example.of(features))).isInstanceOfSatisfying(Conversion.Invalid.class, invalid ->
                assertThat(invalid.problems()).extracting(Problem::code, Problem::pointer).containsExactlyInAnyOrder(
                        tuple("WRONG_KIND", "/distance"), tuple("WRONG_SHAPE", "/trace"),
                        tuple("OUT_OF_DOMAIN", "/late"), tuple("UNKNOWN_FEATURE", "/more")));
    }

    @Test
    void givesBackTheJsonOfAnExample() {
        assertThat(converter.toJson(converted(trip())).toString()).isEqualTo("{'id':'t1','distance':3.5,'hour':8,"
                .concat("'station':'north','trace':[[1.0,2.0],[3.0,4.0]],'electric':0,'late':1}").replace('\'', '"'));
    }

    private Example converted(JsonNode json) {
        return ((Conversion.Converted) converter.fromJson(json)).example();
    }

    private List<Problem> problems(JsonNode json) {
        return ((Conversion.Invalid) converter.fromJson(json)).problems();
    }

    private static org.assertj.core.groups.Tuple tuple(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}

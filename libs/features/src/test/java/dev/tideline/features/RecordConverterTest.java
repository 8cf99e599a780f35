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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
                .extracting(Problem::code).containsExactly("WRONG_KIND");
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

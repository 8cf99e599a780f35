package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class DefinitionCheckTest {

    private static final Schema SCHEMA = schema(Kind.TEXT);

    @Test
    void aDefinitionThatFitsHasNoProblems() {
        assertThat(problems("""
            {"inputs":[{"feature":"weight"},{"feature":"count","transform":"vocabulary"},{"feature":"colour","transform":"hash"}],
             "head":"binary","dataset":"d"}""", SCHEMA)).isEmpty();
    }

    @Test
    void aMissingFeatureIsNamedWithTheChoices() {
        var problems = problems("{\"inputs\":[{\"feature\":\"wait\"}],\"head\":\"binary\",\"dataset\":\"d\"}", SCHEMA);

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem).extracting(Problem::code, Problem::pointer, Problem::value)
                .containsExactly("UNKNOWN_FEATURE", "/inputs/0/feature", "wait");
            assertThat(problem.expected()).isEqualTo("one of [weight, count, colour, photo]");
        });
    }

    @Test
    void theLabelIsNoInput() {
        var problems = problems("{\"inputs\":[{\"feature\":\"label\",\"transform\":\"hash\"}],\"head\":\"binary\",\"dataset\":\"d\"}", SCHEMA);

        assertThat(problems).extracting(Problem::code).containsExactly("LABEL_AS_INPUT");
    }

    @ParameterizedTest
    @CsvSource({
        "colour,standardise,/inputs/0/transform", "colour,minMax,/inputs/0/transform", "colour,log,/inputs/0/transform",
        "colour,clip,/inputs/0/transform", "colour,bucketise,/inputs/0/transform", "colour,none,/inputs/0/transform",
        "weight,vocabulary,/inputs/0/transform", "weight,embedding,/inputs/0/transform", "photo,hash,/inputs/0/feature"})
    void aTransformMustFitTheKind(String feature, String transform, String pointer) {
        var problems = problems("{\"inputs\":[{\"feature\":\"" + feature + "\",\"transform\":\"" + transform
            + "\"}],\"head\":\"binary\",\"dataset\":\"d\"}", SCHEMA);

        assertThat(problems).extracting(Problem::code, Problem::pointer).containsExactly(tuple("WRONG_KIND", pointer));
    }

    @ParameterizedTest
    @CsvSource({
        "binary,TEXT,true", "binary,INT,true", "binary,FLOAT,true", "binary,BYTES,false",
        "multiclass,TEXT,true", "multiclass,INT,true", "multiclass,FLOAT,false", "multiclass,BYTES,false",
        "regression,TEXT,false", "regression,INT,true", "regression,FLOAT,true", "regression,BYTES,false"})
    void aHeadMustFitTheLabel(String head, Kind label, boolean fits) {
        var problems = problems("{\"head\":\"" + head + "\",\"dataset\":\"d\"}", schema(label));

        assertThat(problems.isEmpty()).isEqualTo(fits);
        assertThat(problems).allSatisfy(problem -> assertThat(problem.pointer()).isEqualTo("/head"));
    }

    @Test
    void aDatasetWithoutALabelTeachesNothing() {
        var schema = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT)), null, null, null);

        assertThat(problems("{\"head\":\"regression\",\"dataset\":\"d\"}", schema)).extracting(Problem::code).containsExactly("NO_LABEL");
    }

    @Test
    void aDatasetOfBytesNeedsNamedInputs() {
        var schema = new Schema(1, List.of(FeatureSpec.scalar("photo", Kind.BYTES), FeatureSpec.scalar("y", Kind.INT)), "y", null, null);

        assertThat(problems("{\"head\":\"binary\",\"dataset\":\"d\"}", schema)).extracting(Problem::code).containsExactly("NO_INPUTS");
    }

    @Test
    void aLabelIsAScalar() {
        var schema = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT),
            new FeatureSpec("y", Kind.FLOAT, List.of(2), true, null, null)), "y", null, null);

        assertThat(problems("{\"head\":\"regression\",\"dataset\":\"d\"}", schema)).extracting(Problem::expected)
            .containsExactly("a scalar label");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"feature":"photo","transform":{"image":{"height":4,"width":4}}}   | ["flatten"]           |                                     |
        {"feature":"photo","transform":{"image":{"height":4,"width":4}}}   | []                    | /layers                             | SHAPE
        {"feature":"colour","transform":{"image":{"height":4,"width":4}}}  | ["flatten"]           | /inputs/0/transform                 | WRONG_KIND
        {"feature":"weight","transform":{"cross":{"with":["colour"]}}}     | []                    |                                     |
        {"feature":"weight","transform":{"cross":{"with":["gone"]}}}       | []                    | /inputs/0/transform/cross/with/0    | UNKNOWN_FEATURE
        {"feature":"weight","transform":{"cross":{"with":["photo"]}}}      | []                    | /inputs/0/transform/cross/with/0    | WRONG_KIND
        {"feature":"weight","transform":{"cross":{"with":["label"]}}}      | []                    | /inputs/0/transform/cross/with/0    | LABEL_AS_INPUT
        {"feature":"weight","name":"kg"}                                   | [{"concat":{"inputs":["kg"]}}] |                            |
        {"feature":"weight","name":"kg"}                                   | [{"concat":{"inputs":["weight"]}}] | /layers/0/concat/inputs/0 | UNKNOWN_INPUT
        """)
    void inputsAndLayersMustFitEachOther(String input, String layers, String pointer, String code) {
        var found = problems("{\"inputs\":[" + input + "],\"layers\":" + layers + ",\"head\":\"binary\",\"dataset\":\"d\"}", SCHEMA);

        if (pointer == null) {
            assertThat(found).isEmpty();
        } else {
            assertThat(found).extracting(Problem::pointer, Problem::code).contains(tuple(pointer, code));
        }
    }

    @ParameterizedTest
    @CsvSource({"quantile,TEXT,false", "quantile,INT,true", "quantile,FLOAT,true"})
    void aQuantileHeadNeedsANumber(String head, Kind label, boolean fits) {
        assertThat(problems("{\"head\":\"" + head + "\",\"dataset\":\"d\"}", schema(label)).isEmpty()).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "multilabel"                              | 3 | true
        {"multilabel":{"labels":["a","b","c"]}}   | 3 | true
        {"multilabel":{"labels":["a","b"]}}       | 3 | false
        "multilabel"                              | 0 | false
        """)
    void aMultilabelHeadNeedsAShapedLabel(String head, int labels, boolean fits) {
        var schema = new Schema(1, List.of(FeatureSpec.scalar("x", Kind.FLOAT),
            new FeatureSpec("y", Kind.INT, labels == 0 ? List.of() : List.of(labels), true, null, null)), "y", null, null);

        assertThat(problems("{\"head\":" + head + ",\"dataset\":\"d\"}", schema).isEmpty()).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({"gone,UNKNOWN_FEATURE", "colour,WRONG_KIND", "photo,WRONG_KIND", "label,WRONG_KIND"})
    void aWeightIsAnotherNumber(String weight, String code) {
        var problems = problems("{\"head\":\"binary\",\"dataset\":\"d\",\"weight\":\"" + weight + "\"}", schema(Kind.INT));

        assertThat(problems).extracting(Problem::code, Problem::pointer).containsExactly(tuple(code, "/weight"));
    }

    @Test
    void aNumberMayWeighExamples() {
        assertThat(problems("{\"head\":\"binary\",\"dataset\":\"d\",\"weight\":\"weight\"}", SCHEMA)).isEmpty();
    }

    private static Schema schema(Kind label) {
        return new Schema(1, List.of(FeatureSpec.scalar("weight", Kind.FLOAT), FeatureSpec.scalar("count", Kind.INT),
            FeatureSpec.scalar("colour", Kind.TEXT), FeatureSpec.scalar("photo", Kind.BYTES), FeatureSpec.scalar("label", label)),
            "label", null, null);
    }

    private static List<Problem> problems(String definition, Schema schema) {
        return DefinitionCheck.problems(DefinitionReader.read(JsonMapper.builder().build().readTree(definition)), schema);
    }
}

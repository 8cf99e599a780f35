package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class TransformReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final List<Problem> problems = new ArrayList<>();

    static Stream<Arguments> forms() {
        return Stream.of(
            Arguments.of("\"none\"", new Transform.Identity()),
            Arguments.of("\"standardise\"", new Transform.Standardise()),
            Arguments.of("{\"standardise\":{}}", new Transform.Standardise(4)),
            Arguments.of("{\"standardise\":{\"clip\":0}}", new Transform.Standardise(0)),
            Arguments.of("\"minMax\"", new Transform.MinMax()),
            Arguments.of("\"log\"", new Transform.Log()),
            Arguments.of("\"clip\"", new Transform.Clip(0, 1)),
            Arguments.of("{\"clip\":{\"min\":-40,\"max\":60.5}}", new Transform.Clip(-40, 60.5)),
            Arguments.of("\"bucketise\"", new Transform.Bucketise(10)),
            Arguments.of("{\"bucketise\":{\"count\":4}}", new Transform.Bucketise(4)),
            Arguments.of("\"vocabulary\"", new Transform.Vocabulary(256, 1)),
            Arguments.of("{\"vocabulary\":{\"oov\":0}}", new Transform.Vocabulary(256, 0)),
            Arguments.of("{\"vocabulary\":{\"size\":9,\"oov\":3}}", new Transform.Vocabulary(9, 3)),
            Arguments.of("{\"hash\":{\"buckets\":7}}", new Transform.Hash(7)),
            Arguments.of("\"embedding\"", new Transform.Embedding(8, 256, 1)),
            Arguments.of("{\"embedding\":{\"dimensions\":3,\"size\":20,\"oov\":2}}", new Transform.Embedding(3, 20, 2)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachTransformHasAForm(String json, Transform expected) {
        assertThat(read(json)).isEqualTo(expected);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"bucketise":{"count":1}}        | /t/bucketise/count
        {"bucketise":{"count":1001}}     | /t/bucketise/count
        {"vocabulary":{"size":0}}        | /t/vocabulary/size
        {"vocabulary":{"oov":-1}}        | /t/vocabulary/oov
        {"vocabulary":{"sise":3}}        | /t/vocabulary/sise
        {"hash":{"buckets":"many"}}      | /t/hash/buckets
        {"embedding":{"dimensions":0}}   | /t/embedding/dimensions
        {"clip":{"min":2,"max":2}}       | /t/clip/max
        {"clip":{"min":5}}               | /t/clip/max
        {"clip":{"min":"low"}}           | /t/clip/min
        """)
    void aWrongFieldIsNamed(String json, String pointer) {
        read(json);

        assertThat(problems).extracting(Problem::pointer).containsExactly(pointer);
    }

    @Test
    void anUnknownTransformListsTheChoices() {
        read("\"fourier\"");

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.value()).isEqualTo("fourier");
            assertThat(problem.expected()).contains("standardise", "vocabulary", "embedding");
        });
    }

    @Test
    void aNumberIsNoTransform() {
        read("5");

        assertThat(problems).extracting(Problem::code).containsExactly("WRONG_TYPE");
    }

    @Test
    void crossesAndPicturesAreRead() {
        assertThat(DefinitionReader.read(JSON.readTree("""
            {"dataset":"d","head":"binary","inputs":[
             {"name":"place","feature":"x","transform":{"cross":{"with":["y","z"],"buckets":50,"bins":4}}},
             {"feature":"photo","transform":{"image":{"height":8,"width":9,"channels":1,"resize":"nearest","min":-1,"max":1}}},
             {"feature":"photo","transform":{"image":{"height":8,"width":9}}}]}""")).inputs()).containsExactly(
            new Input("place", "x", new Transform.Cross(List.of("y", "z"), 50, 4)),
            new Input("photo", new Transform.Image(8, 9, 1, Transform.Resize.NEAREST, -1, 1)),
            new Input("photo", new Transform.Image(8, 9, 3, Transform.Resize.BILINEAR, 0, 1)));
    }

    private Transform read(String json) {
        return TransformReader.read(JSON.readTree(json), "/t", problems);
    }
}

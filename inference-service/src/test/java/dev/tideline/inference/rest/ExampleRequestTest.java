package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleRequestTest {

    private static final Signature SIGNATURE = Signatures.of("inputs", DataType.STRING);

    private static List<Example> read(String json) {
        Tensor tensor = new ExampleRequest(EntryPoint.REST_CLASSIFY, json.getBytes(StandardCharsets.UTF_8)).read(SIGNATURE).get("inputs");
        assertThat(tensor.shape().rank()).isEqualTo(1);
        return Arrays.stream(((Values.Strings) tensor.values()).array()).map(Example::decode).toList();
    }

    @Test
    void takesKindOfAFeatureFromItsText() {
        assertThat(read("""
                {"examples": [{"f": 2.0, "i": [1, true, false], "s": ["a", {"b64": "aGk="}], "n": [NaN, -Infinity], "none": []}]}"""))
                .singleElement().satisfies(example -> assertThat(example.features()).isEqualTo(Map.of(
                        "f", Feature.floats(2), "i", Feature.longs(1, 1, 0), "s", Feature.text("a", "hi"),
                        "n", Feature.floats(Float.NaN, Float.NEGATIVE_INFINITY), "none", Feature.longs())));
    }

    @Test
    void examplesWinOverTheContext() {
        assertThat(read("{\"context\": {\"a\": 1, \"b\": 2}, \"examples\": [{\"a\": 3}, {}]}")).extracting(Example::features)
                .containsExactly(new TreeMap<>(Map.of("a", Feature.longs(3), "b", Feature.longs(2))),
                        new TreeMap<>(Map.of("a", Feature.longs(1), "b", Feature.longs(2))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "{\"signature_name\": [], \"examples\": [{}]} ; 'signature_name' key must be a string value",
        "{\"context\": [], \"examples\": [{}]} ; Example must be JSON object but got JSON Array",
        "{\"examples\": {}} ; Expecting 'examples' value to be an list/array",
        "{\"examples\": []} ; 'examples' value is an empty array",
        "{\"instances\": [1]} ; key 'examples' is expected and was not found",
        "{\"examples\": [[1]]} ; Example must be JSON object but got JSON Array",
        "{\"examples\": [{\"a\": null}]} ; Feature: a has element with unexpected JSON type: Null",
        "{\"examples\": [{\"a\": [10, 10.0]}]} ; Unexpected element type in feature: a expecting type: int64",
        "{\"examples\": [{\"a\": [10.5, \"x\"]}]} ; expecting type: float",
        "{\"examples\": [{\"a\": [\"x\", 1]}]} ; expecting type: bytes",
        "{\"examples\": [{\"a\": {\"b\": 1}}]} ; unexpected JSON type: Object",
        "{\"examples\": [{\"a\": [[1]]}]} ; unexpected JSON type: Array",
        "{\"examples\": [{\"a\": 9223372036854775808}]} ; Only int64_t is supported"
    })
    void refusesMalformedExamples(String json, String message) {
        assertThatThrownBy(() -> read(json)).hasMessageContaining(message);
    }

    @Test
    void refusesSignatureThatTakesNoExamples() {
        assertThatThrownBy(() -> new ExampleRequest(EntryPoint.REST_CLASSIFY, "{\"examples\": [{}]}".getBytes(StandardCharsets.UTF_8))
                .read(Signatures.of("x", DataType.FLOAT))).hasMessageContaining("expected: only inputs");
        assertThatThrownBy(() -> new ExampleRequest(EntryPoint.REST_CLASSIFY, "{}".getBytes(StandardCharsets.UTF_8)).choose(new TreeMap<>()))
                .hasMessage("No signature was found with the name: serving_default");
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private static Prediction answered(int examples, Map<String, Tensor> outputs) {
        Map<String, Tensor> inputs = Map.of("inputs", Tensor.of(DataType.STRING, Shape.of(examples), new Values.Strings(new byte[examples][])));
        return new Prediction("r", new ServableId("m", 1), Signatures.of("inputs", DataType.STRING), null, Instant.EPOCH, Map.of(), inputs, outputs);
    }

    @Test
    void writesLabelsWithScores() {
        Tensor scores = Tensor.floats(Shape.of(2, 2), 0.25f, 0.75f, 1, 0);
        assertThat(text(ExampleResponse.classes(answered(2, Map.of("scores", scores, "classes", Tensor.text(Shape.of(2, 2), "a", "b", "a", "b"))))))
                .isEqualTo("""
                        {
                            "results": [[["a", 0.25], ["b", 0.75]], [["a", 1.0], ["b", 0.0]]
                            ]
                        }""");
        assertThat(text(ExampleResponse.classes(answered(1, Map.of("scores", Tensor.floats(Shape.of(1, 1), 3)))))).contains("[[[\"\", 3.0]]");
    }

    @Test
    void writesOneValuePerExample() {
        assertThat(text(ExampleResponse.values(answered(2, Map.of("outputs", Tensor.floats(Shape.of(2, 1), 42, Float.NaN)))))).isEqualTo("""
                {
                    "results": [42.0, NaN]
                }""");
    }

    @Test
    void refusesResultsOfOtherForm() {
        assertThatThrownBy(() -> ExampleResponse.classes(answered(2, Map.of("y", Tensor.floats(Shape.of(1), 1))))).hasMessageContaining("at least one of");
        assertThatThrownBy(() -> ExampleResponse.classes(answered(2, Map.of("scores", Tensor.floats(Shape.of(1), 1)))))
                .hasMessageContaining("expected: float of shape [2,classes]");
        assertThatThrownBy(() -> ExampleResponse.values(answered(2, Map.of("outputs", Tensor.floats(Shape.of(1, 2), 1, 2)))))
                .hasMessageContaining("expected: only outputs");
        assertThatThrownBy(() -> ExampleResponse.values(answered(2, Map.of("outputs", Tensor.floats(Shape.of(1), 1)))))
                .hasMessageContaining("float of shape [2] or [2,1]");
    }
}

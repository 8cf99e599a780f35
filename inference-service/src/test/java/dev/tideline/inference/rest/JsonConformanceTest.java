package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.prediction.EntryPoint;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.status.StatusException;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TensorFlow Serving's own cases of its JSON codec (util/json_tensor_test.cc), by their number. */
class JsonConformanceTest {

    private static final Signature FLOAT = Signatures.of("x", DataType.FLOAT);
    private static final Signature TEXT = Signatures.of("x", DataType.STRING);

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Tensor> read(String json, Signature signature) {
        return new PredictRequest(bytes(json)).read(signature);
    }

    private static Tensor x(String json, Signature signature) {
        return read(json, signature).get("x");
    }

    private static float[] floats(Tensor tensor) {
        return Arrays.copyOf(((Values.Floats) tensor.values()).array(), tensor.elements());
    }

    private static double[] doubles(Tensor tensor) {
        return Arrays.copyOf(((Values.Doubles) tensor.values()).array(), tensor.elements());
    }

    private static void refused(String json, Signature signature, String text) {
        assertThatThrownBy(() -> read(json, signature)).isInstanceOf(StatusException.class).hasMessageContaining(text);
    }

    private static List<Example> examples(String json) {
        Tensor tensor = new ExampleRequest(EntryPoint.REST_REGRESS, bytes(json)).read(Signatures.of("inputs", DataType.STRING)).get("inputs");
        return Arrays.stream(((Values.Strings) tensor.values()).array()).map(Example::decode).toList();
    }

    private static String rows(Map<String, Tensor> outputs) {
        return new String(PredictResponse.rows(outputs), StandardCharsets.UTF_8).replaceAll("\\s+", "");
    }

    private static String columns(Map<String, Tensor> outputs) {
        return new String(PredictResponse.columns(outputs), StandardCharsets.UTF_8).replaceAll("\\s+", "");
    }

    @Test
    @DisplayName("J01: unnamed rows of integers")
    void stacksUnnamedRows() {
        Tensor tensor = x("{\"instances\": [[1,2],[3,4],[5,6]]}", Signatures.of("x", DataType.INT32));

        assertThat(tensor.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(((Values.Ints) tensor.values()).array()).startsWith(1, 2, 3, 4, 5, 6);
    }

    @Test
    @DisplayName("J02: half a million brackets, ignored and where a name should be")
    void walksOverDeepNesting() {
        String deep = "[".repeat(500_000) + "]".repeat(500_000);

        assertThat(x("{\"foo\": " + deep + ", \"instances\": [1]}", FLOAT).shape()).isEqualTo(Shape.of(1));
        refused("{\"signature_name\": " + deep + ", \"instances\": [1]}", FLOAT, "'signature_name' key must be a string value");
    }

    @Test
    @DisplayName("J03: integers and decimals fill floats and doubles")
    void mixesIntegersAndDecimals() {
        assertThat(floats(x("{\"instances\": [[1, 2.0, 3.5]]}", FLOAT))).containsExactly(1, 2, 3.5f);
        assertThat(doubles(x("{\"instances\": [[1, 2.0, 3.5]]}", Signatures.of("x", DataType.DOUBLE)))).containsExactly(1, 2, 3.5);
    }

    @Test
    @DisplayName("J04: a whole number that no float holds is the same float with and without a point")
    void losesPrecisionAlike() {
        assertThat(floats(x("{\"instances\": [1435774380, 1435774380.0]}", FLOAT))).containsExactly(1435774380f, 1435774380f);
    }

    @Test
    @DisplayName("J05: doubles beyond floats become infinite or zero, with their sign")
    void overflowsAndUnderflows() {
        assertThat(floats(x("{\"instances\": [1.7976931348623157e308, -1.7976931348623157e308, 4.9e-324, -4.9e-324]}", FLOAT)))
                .containsExactly(Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f);
    }

    @Test
    @DisplayName("J06: the named signature")
    void takesTheNamedSignature() {
        TreeMap<String, Signature> available = new TreeMap<>(Map.of("serving_default", FLOAT, "custom", TEXT));

        assertThat(new PredictRequest(bytes("{\"signature_name\": \"custom\", \"instances\": [\"a\"]}")).choose(available)).isEqualTo(TEXT);
    }

    @Test
    @DisplayName("J07: what follows the body is not read")
    void stopsAfterTheBody() {
        assertThat(floats(x("{\"instances\": [12]}345]}", FLOAT))).containsExactly(12);
    }

    @Test
    @DisplayName("J08: base64 as scalars, in lists and in a named input")
    void decodesBase64() {
        assertThat(x("{\"instances\": [{\"b64\": \"aGVsbG8=\"}, {\"b64\": \"d29ybGQ=\"}]}", TEXT).shape()).isEqualTo(Shape.of(2));
        assertThat(x("{\"instances\": [[{\"b64\": \"aGVsbG8=\"}], [{\"b64\": \"d29ybGQ=\"}]]}", TEXT).shape()).isEqualTo(Shape.of(2, 1));
        Tensor named = x("{\"instances\": [{\"x\": [[{\"b64\": \"aGVsbG8=\"}], [{\"b64\": \"d29ybGQ=\"}]]}]}", TEXT);
        assertThat(named.shape()).isEqualTo(Shape.of(1, 2, 1));
        assertThat(((Values.Strings) named.values()).array()[1]).asString(StandardCharsets.UTF_8).isEqualTo("world");
    }

    @Test
    @DisplayName("J09: several named tensors, with NaN and infinities")
    void stacksNamedTensors() {
        Map<String, Tensor> inputs = read("""
                {"instances": [
                  {"i": [[1, 2], [3, 4], [5, 6]], "s": ["a", "b"], "f": [NaN, Infinity], "d": [-Infinity]},
                  {"i": [[7, 8], [9, 10], [11, 12]], "s": ["c", "d"], "f": [1.5, 2], "d": [NaN]}]}""",
                Signatures.of("i", DataType.INT32, "s", DataType.STRING, "f", DataType.FLOAT, "d", DataType.DOUBLE));

        assertThat(inputs.get("i").shape()).isEqualTo(Shape.of(2, 3, 2));
        assertThat(inputs.get("s").shape()).isEqualTo(Shape.of(2, 2));
        assertThat(inputs.get("d").shape()).isEqualTo(Shape.of(2, 1));
        assertThat(floats(inputs.get("f"))).containsExactly(Float.NaN, Float.POSITIVE_INFINITY, 1.5f, 2f);
        assertThat(doubles(inputs.get("d"))).containsExactly(Double.NEGATIVE_INFINITY, Double.NaN);
    }

    @Test
    @DisplayName("J10: one tensor by column, named or bare; a scalar has no shape")
    void readsOneColumn() {
        for (String form : List.of("[[1, 2], [3, 4]]", "{\"x\": [[1, 2], [3, 4]]}")) {
            Tensor tensor = x("{\"inputs\": " + form + "}", FLOAT);
            assertThat(tensor.shape()).isEqualTo(Shape.of(2, 2));
            assertThat(floats(tensor)).containsExactly(1, 2, 3, 4);
        }
        assertThat(x("{\"inputs\": {\"b64\": \"aGVsbG8=\"}}", TEXT).shape()).isEqualTo(Shape.SCALAR);
        assertThat(x("{\"inputs\": {\"x\": {\"b64\": \"aGVsbG8=\"}}}", TEXT).shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    @DisplayName("J11: three tensors by column, of different numbers of rows")
    void readsColumnsOfDifferentRows() {
        Map<String, Tensor> inputs = read("{\"inputs\": {\"a\": [[1, 2], [3, 4], [5, 6]], \"b\": [\"x\"], \"c\": 2.5}}",
                Signatures.of("a", DataType.INT32, "b", DataType.STRING, "c", DataType.FLOAT));

        assertThat(inputs.get("a").shape()).isEqualTo(Shape.of(3, 2));
        assertThat(inputs.get("b").shape()).isEqualTo(Shape.of(1));
        assertThat(inputs.get("c").shape()).isEqualTo(Shape.SCALAR);
    }

    @DisplayName("J12: bodies that are refused")
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "|| ; The document is empty",
        "{\"signature_name\": 5, \"instances\": [1]} ; 'signature_name' key must be a string value",
        "{\"instances\": [1], \"inputs\": [1]} ; Not formatted correctly",
        "{\"instances\": [[1, 2], [3, 4, 5]]} ; Expecting tensor size",
        "{\"instances\": [[[1], [2]], [[[3]], [[4]]]]} ; Expecting shape",
        "{\"instances\": [1, [1]]} ; Expecting shape",
        "{\"instances\": [\"x\"]} ; not of expected type"
    })
    void refusesBodies(String json, String text) {
        refused(json, FLOAT, text);
    }

    @DisplayName("J13: named rows that disagree")
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "{\"instances\": [{\"x\": [1, 2]}, {\"x\": [3]}]} ; Expecting tensor size",
        "{\"instances\": [{\"x\": [1, 2]}, {\"x\": [[3], [4]]}]} ; Expecting shape",
        "{\"instances\": [{\"x\": 1}, [2]]} ; Expecting object but got list",
        "{\"instances\": [[1], {\"x\": 2}]} ; Expecting value/list but got object"
    })
    void refusesRowsThatDisagree(String json, String text) {
        refused(json, FLOAT, text);
    }

    @Test
    @DisplayName("J14: text of outputs")
    void writesOutputs() {
        Tensor cube = Tensor.longs(Shape.of(2, 1, 2), 1, 2, 3, 4);
        Tensor numbers = Tensor.floats(Shape.of(6), 9_000_000f, 999_999f, 0.5f, 0.0003f, 0.00003f, 555_557.5f);

        assertThat(rows(Map.of("y", cube))).isEqualTo("{\"predictions\":[[[1,2]],[[3,4]]]}");
        assertThat(columns(Map.of("y", cube))).isEqualTo("{\"outputs\":[[[1,2]],[[3,4]]]}");
        assertThat(rows(Map.of("y_bytes", Tensor.text(Shape.of(1), "hello")))).isEqualTo("{\"predictions\":[{\"b64\":\"aGVsbG8=\"}]}");
        assertThat(rows(Map.of("y", numbers))).isEqualTo("{\"predictions\":[9e+06,999999.0,0.5,0.0003,3e-05,555557.5]}");
        assertThat(rows(Map.of("y", Tensor.floats(Shape.of(4), Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3))))
                .isEqualTo("{\"predictions\":[NaN,Infinity,-Infinity,3.0]}");
    }

    @Test
    @DisplayName("J15: outputs that have no JSON form")
    void refusesOutputs() {
        Tensor complex = Tensor.of(DataType.COMPLEX64, Shape.of(1), new Values.Floats(new float[2]));

        assertThatThrownBy(() -> rows(Map.of())).hasMessageContaining("empty tensor map");
        assertThatThrownBy(() -> rows(Map.of("y", complex))).hasMessageContaining("tensor type: complex64");
        assertThatThrownBy(() -> rows(Map.of("y", Tensor.floats(Shape.SCALAR, 1)))).hasMessageContaining("no shape information");
        assertThatThrownBy(() -> rows(Map.of("a", Tensor.floats(Shape.of(0)), "b", Tensor.floats(Shape.of(1), 1))))
                .hasMessageContaining("inconsistent batch size");
    }

    @Test
    @DisplayName("J16: several named outputs; no rows")
    void writesNamedOutputs() {
        Map<String, Tensor> outputs = new TreeMap<>(Map.of("a", Tensor.longs(Shape.of(2), 1, 2), "b", Tensor.floats(Shape.of(2, 1), 3, 4),
                "c", Tensor.text(Shape.of(2), "x", "y"), "d_bytes", Tensor.text(Shape.of(2), "x", "y"),
                "e", Tensor.of(DataType.BOOL, Shape.of(2), new Values.Bytes(new byte[] {1, 0}))));

        assertThat(rows(outputs)).isEqualTo("{\"predictions\":[{\"a\":1,\"b\":[3.0],\"c\":\"x\",\"d_bytes\":{\"b64\":\"eA==\"},\"e\":true},"
                + "{\"a\":2,\"b\":[4.0],\"c\":\"y\",\"d_bytes\":{\"b64\":\"eQ==\"},\"e\":false}]}");
        assertThat(columns(outputs)).isEqualTo("{\"outputs\":{\"a\":[1,2],\"b\":[[3.0],[4.0]],\"c\":[\"x\",\"y\"],"
                + "\"d_bytes\":[{\"b64\":\"eA==\"},{\"b64\":\"eQ==\"}],\"e\":[true,false]}}");
        assertThat(rows(Map.of("y", Tensor.floats(Shape.of(0, 3))))).isEqualTo("{\"predictions\":[]}");
    }

    @Test
    @DisplayName("J17: examples, with a context")
    void readsExamples() {
        assertThat(examples("""
                {"context": {"c": "all"}, "examples": [
                  {"s": ["a", {"b64": "aGk="}], "f": [NaN, Infinity, -Infinity], "i": [1, true]}, {"s": "b", "f": 2.0, "i": false}]}"""))
                .extracting(Example::features).containsExactly(
                        new TreeMap<>(Map.of("c", Feature.text("all"), "s", Feature.text("a", "hi"),
                                "f", Feature.floats(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY), "i", Feature.longs(1, 1))),
                        new TreeMap<>(Map.of("c", Feature.text("all"), "s", Feature.text("b"), "f", Feature.floats(2), "i", Feature.longs(0))));
    }

    @DisplayName("J18: examples that are refused")
    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "{\"signature_name\": [], \"examples\": [{}]} ; 'signature_name' key must be a string value",
        "{\"context\": [], \"examples\": [{}]} ; Example must be JSON object",
        "{\"examples\": {}} ; list/array",
        "{\"examples\": [[1]]} ; Example must be JSON object",
        "{\"examples\": [{\"x\": null}]} ; unexpected JSON type: Null",
        "{\"examples\": [{\"x\": [10, 10.0]}]} ; expecting type: int64",
        "{\"examples\": [{\"x\": {\"y\": 1}}]} ; unexpected JSON type: Object",
        "{\"examples\": [{\"x\": [[1]]}]} ; unexpected JSON type: Array",
        "{\"examples\": [{\"x\": 9223372036854775808}]} ; Only int64_t is supported"
    })
    void refusesExamples(String json, String text) {
        assertThatThrownBy(() -> examples(json)).isInstanceOf(StatusException.class).hasMessageContaining(text);
    }

    private static Prediction answered(int examples, Map<String, Tensor> outputs) {
        Map<String, Tensor> inputs = Map.of("inputs", Tensor.of(DataType.STRING, Shape.of(examples), new Values.Strings(new byte[examples][])));
        return new Prediction("r", new ServableId("m", 1), Signatures.of("inputs", DataType.STRING), null, Instant.EPOCH, Map.of(), inputs, outputs);
    }

    @Test
    @DisplayName("J19: results of classifications and regressions")
    void writesResults() {
        Prediction classes = answered(1, Map.of("classes", Tensor.text(Shape.of(1, 2), "a", "b"), "scores", Tensor.floats(Shape.of(1, 2), 0.25f, 1)));
        Prediction values = answered(3, Map.of("outputs", Tensor.floats(Shape.of(3), Float.NaN, Float.POSITIVE_INFINITY, 2)));

        assertThat(new String(ExampleResponse.classes(classes), StandardCharsets.UTF_8).replaceAll("\\s+", ""))
                .isEqualTo("{\"results\":[[[\"a\",0.25],[\"b\",1.0]]]}");
        assertThat(new String(ExampleResponse.values(values), StandardCharsets.UTF_8).replaceAll("\\s+", ""))
                .isEqualTo("{\"results\":[NaN,Infinity,2.0]}");
        assertThatThrownBy(() -> ExampleResponse.values(answered(1, Map.of()))).isInstanceOf(StatusException.class);
    }

    @Test
    @DisplayName("J20: errors are escaped")
    void escapesErrors() {
        assertThat(new String(ErrorBody.write("a \"b\" \\ \n\u0001"), StandardCharsets.UTF_8)).contains("\"a \\\"b\\\" \\\\ \\n\\u0001\"");
    }
}

package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictRequestTest {

    private static final Signature FLOAT = Signatures.of("x", DataType.FLOAT);
    private static final Signature INT = Signatures.of("x", DataType.INT32);
    private static final Signature TEXT = Signatures.of("x", DataType.STRING);
    private static final Signature TWO = Signatures.of("a", DataType.FLOAT, "b", DataType.INT64);

    private static Map<String, Tensor> read(String json, Signature signature) {
        return new PredictRequest(json.getBytes(StandardCharsets.UTF_8)).read(signature);
    }

    private static Tensor only(String json, Signature signature) {
        return read(json, signature).get("x");
    }

    private static float[] floats(Tensor tensor) {
        return Arrays.copyOf(((Values.Floats) tensor.values()).array(), tensor.elements());
    }

    private static String text(Tensor tensor, int index) {
        return new String(((Values.Strings) tensor.values()).array()[index], StandardCharsets.UTF_8);
    }

    private static void refused(String json, Signature signature, String message) {
        assertThatThrownBy(() -> read(json, signature)).isInstanceOf(StatusException.class).hasMessageContaining(message);
    }

    @Test
    void stacksUnnamedRows() {
        Tensor tensor = only("{\"instances\": [[1,2],[3,4],[5,6]]}", INT);

        assertThat(tensor.shape()).isEqualTo(Shape.of(3, 2));
        assertThat(((Values.Ints) tensor.values()).array()).startsWith(1, 2, 3, 4, 5, 6);
    }

    @Test
    void readsNumbersOfAnyFormAsFloat() {
        Tensor tensor = only("{\"instances\": [1, 2.5, -3e2, NaN, Infinity, -Infinity, 1e400, 1435774380, 1435774380.0, -0]}", FLOAT);

        assertThat(floats(tensor)).containsExactly(1f, 2.5f, -300f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY,
                Float.POSITIVE_INFINITY, 1435774380f, 1435774380f, -0f);
    }

    @Test
    void readsLongsExactly() {
        Tensor tensor = only("{\"instances\": [9223372036854775807, -9223372036854775808, 0]}", Signatures.of("x", DataType.INT64));

        assertThat(((Values.Longs) tensor.values()).array()).startsWith(Long.MAX_VALUE, Long.MIN_VALUE, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "INT32, 1.0, Number", "INT32, 2147483648, Number", "INT64, 9223372036854775808, Number", "FLOAT, '\"a\"', String",
        "FLOAT, true, True", "FLOAT, null, Null", "BOOL, 1, Number", "STRING, 1, Number", "UINT32, -1, Number",
        "UINT64, 18446744073709551616, Number"
    })
    void refusesScalarOfOtherType(DataType type, String value, String kind) {
        refused("{\"instances\": [" + value + "]}", Signatures.of("x", type),
                "JSON Value: " + value + " Type: " + kind + " is not of expected type: " + type.label());
    }

    @Test
    void decodesBase64WhereverAStringMayStand() {
        Tensor scalars = only("{\"instances\": [{\"b64\": \"aGVsbG8=\"}, \"world\"]}", TEXT);
        assertThat(scalars.shape()).isEqualTo(Shape.of(2));
        assertThat(text(scalars, 0)).isEqualTo("hello");

        Tensor lists = only("{\"instances\": [[{\"b64\": \"aGVsbG8=\"}], [\"\\u00e4\\ud83d\\ude00\\n\"]]}", TEXT);
        assertThat(lists.shape()).isEqualTo(Shape.of(2, 1));
        assertThat(text(lists, 1)).isEqualTo("ä😀\n");
    }

    @Test
    void readsNamedRowsInAnyOrderOfKeys() {
        Map<String, Tensor> inputs = read("{\"instances\": [{\"a\": [1, 2], \"b\": 3}, {\"b\": 4, \"a\": [5, 6]}]}", TWO);

        assertThat(inputs.get("a").shape()).isEqualTo(Shape.of(2, 2));
        assertThat(floats(inputs.get("a"))).containsExactly(1, 2, 5, 6);
        assertThat(((Values.Longs) inputs.get("b").values()).array()).startsWith(3, 4);
    }

    @Test
    void readsColumnsOfDifferentLength() {
        Map<String, Tensor> inputs = read("{\"inputs\": {\"b\": 7, \"a\": [[1], [2]], \"unknown\": {}}}", TWO);

        assertThat(inputs.get("a").shape()).isEqualTo(Shape.of(2, 1));
        assertThat(inputs.get("b").shape()).isEqualTo(Shape.SCALAR);
    }

    @Test
    void readsOnlyColumnBare() {
        assertThat(only("{\"inputs\": [1, 2, 3]}", FLOAT).shape()).isEqualTo(Shape.of(3));
        assertThat(only("{\"inputs\": {\"b64\": \"aGk=\"}}", TEXT).shape()).isEqualTo(Shape.SCALAR);
        assertThat(only("{\"inputs\": {\"x\": [[]]}}", FLOAT).shape()).isEqualTo(Shape.of(1, 0));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "[[1,2],[3]] ; Expecting tensor size: 2 but got: 1",
        "[[1],2] ; Expecting shape [1] but got: []",
        "[[[1],[2]],[[3,4]]] ; Expecting shape [2,1] but got: [1,2]",
        "[[1,[2]]] ; Encountered list at unexpected level: 1 expected < 1",
        "[[[1],2]] ; found at incorrect level: 2 in the JSON DOM. Expected at level: 2",
        "[[[1],[2,3]]] ; Encountered list at unexpected size: 2 at level: 1 expected size: 1",
        "[1, {\"x\": 1}] ; Expecting value/list but got object at item 1 of input list",
        "[{\"x\": 1}, 1] ; Expecting object but got list at item 1 of input list",
        "[{\"y\": 1}] ; JSON object: does not have named input: y",
        "[{}] ; keys must be equal to: x",
        "[{\"x\": 1, \"x\": 2}] ; keys must be equal to: x"
    })
    void refusesRowsThatDisagree(String instances, String message) {
        refused("{\"instances\": " + instances + "}", FLOAT, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '|', value = {
        "|| ; JSON Parse error: The document is empty",
        "instances = [1, 2] ; Invalid value",
        "[1] ; Is not object",
        "{\"instances\": [1 ; Missing a comma or ] after an array element. at offset: 16",
        "{\"instances\": [1,]} ; Invalid value",
        "{\"instances\": [01]} ; Missing a comma or ]",
        "{\"instances\": [\"\\x\"]} ; Invalid escape character in string",
        "{\"instances\": [\"\\ud800\"]} ; The surrogate pair in string is invalid",
        "{\"instances\": [\"a ; Missing a closing quotation mark in string",
        "{instances: 1} ; Missing a name for object member",
        "{\"instances\" 1} ; Missing a colon after a name of object member",
        "{\"signature_name\": 100} ; 'signature_name' key must be a string value",
        "{\"a\": 1} ; Missing 'inputs' or 'instances' key",
        "{\"instances\": [1], \"inputs\": [1]} ; Not formatted correctly",
        "{\"instances\": 1} ; 'instances' to be an list/array",
        "{\"instances\": []} ; No values in 'instances' array"
    })
    void refusesMalformedBodies(String json, String message) {
        refused(json, FLOAT, message);
    }

    @Test
    void refusesPlainListForSeveralInputs() {
        refused("{\"instances\": [1, 2]}", TWO, "multiple input tensors required");
        refused("{\"inputs\": [1, 2]}", TWO, "multiple input tensors required");
        refused("{\"inputs\": {\"a\": 1}}", TWO, "Missing named input: b in 'inputs' object.");
    }

    @Test
    void choosesSignatureByName() {
        TreeMap<String, Signature> available = new TreeMap<>(Map.of("serving_default", FLOAT, "other", INT));

        assertThat(new PredictRequest("{}".getBytes(StandardCharsets.UTF_8)).choose(available)).isEqualTo(FLOAT);
        assertThat(new PredictRequest("{\"signature_name\": \"other\"}".getBytes(StandardCharsets.UTF_8)).choose(available)).isEqualTo(INT);
        assertThatThrownBy(() -> new PredictRequest("{\"signature_name\": \"x\"}".getBytes(StandardCharsets.UTF_8)).choose(available))
                .hasMessage("Serving signature name: \"x\" not found in signature def");
    }

    @Test
    void walksOverHalfAMillionBrackets() {
        String deep = "[".repeat(500_000) + "]".repeat(500_000);

        assertThat(only("{\"ignored\": " + deep + ", \"instances\": [1]} trailing", FLOAT).shape()).isEqualTo(Shape.of(1));
        refused("{\"signature_name\": " + deep + "}", FLOAT, "key must be a string value");
        refused("{\"instances\": " + deep + "}", FLOAT, "Encountered list at unexpected level");
    }

    @Test
    void shortensValuesInMessages() {
        assertThatThrownBy(() -> read("{\"instances\": [\"" + "a".repeat(1000) + "\"]}", FLOAT))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
    }

    @Test
    void refusesTypesWithoutJsonForm() {
        assertThatThrownBy(() -> read("{\"instances\": [1]}", Signatures.of("x", DataType.HALF)))
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.UNIMPLEMENTED));
    }
}

package dev.tideline.training.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class JsonDiffTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":1}          | {"a":2}            | /a    | 1    | 2
        {"a":{"b":[1,2]}} | {"a":{"b":[1,3]}} | /a/b/1 | 2   | 3
        {}               | {"x":true}         | /x    | null | true
        {"a":[1]}        | {"a":[]}           | /a/0  | 1    | null
        {"a":[1]}        | {"a":{"b":1}}      | /a    | [1]  | {"b":1}
        {"a/b~c":1}      | {"a/b~c":2}        | /a~1b~0c | 1 | 2
        """)
    void aDifferenceIsNamedByItsPointer(String left, String right, String pointer, String was, String is) {
        assertThat(JsonDiff.of(JSON.readTree(left), JSON.readTree(right))).singleElement().satisfies(difference -> {
            assertThat(difference.pointer()).isEqualTo(pointer);
            assertThat(String.valueOf(difference.left())).isEqualTo(was);
            assertThat(String.valueOf(difference.right())).isEqualTo(is);
        });
    }

    @Test
    void theOrderOfFieldsIsNoDifference() {
        assertThat(JsonDiff.of(JSON.readTree("{\"a\":1,\"b\":[2]}"), JSON.readTree("{\"b\":[2],\"a\":1}"))).isEmpty();
    }
}

package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"b":1,"a":2}            | {"a":2,"b":1}
        { "a" : [ 1 , 2 ] }      | {"a":[1,2]}
        {"a":{"d":1,"c":null}}   | {"a":{"c":null,"d":1}}
        {}                       | {}
        []                       | []
        "x"                      | "x"
        {"a\\"b":1}              | {"a\\"b":1}
        """)
    void fieldsComeInTheOrderOfTheirNames(String json, String expected) {
        assertThat(CanonicalJson.text(tree(json))).isEqualTo(expected);
    }

    @Test
    void theOrderOfFieldsDoesNotChangeTheHash() {
        assertThat(CanonicalJson.hash(tree("{\"a\":1,\"b\":[true]}"))).isEqualTo(CanonicalJson.hash(tree("{\"b\":[true],\"a\":1}")));
    }

    @Test
    void theOrderOfItemsChangesTheHash() {
        assertThat(CanonicalJson.hash(tree("[1,2]"))).isNotEqualTo(CanonicalJson.hash(tree("[2,1]")));
    }

    @Test
    void aHashIsSixtyFourHexadecimalDigits() {
        assertThat(CanonicalJson.hash(tree("{}"))).matches("[0-9a-f]{64}");
    }

    private static JsonNode tree(String json) {
        return JSON.readTree(json);
    }
}

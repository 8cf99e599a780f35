package dev.tideline.starter.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

class UnreadableBodyTest {

    enum Colour { RED, BLUE }

    record Part(long size) {}

    record Body(boolean on, int count, Colour colour, Instant at, List<Part> parts) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"on":"x"}                    | /on           | true or false
            {"count":"many"}              | /count        | a number
            {"colour":"GREEN"}            | /colour       | one of [RED, BLUE]
            {"at":"noon"}                 | /at           | an ISO-8601 time
            {"parts":{}}                  | /parts        | an array
            {"parts":[{"size":1},{"size":"big"}]} | /parts/1/size | a number
            {"parts":[7]}                 | /parts/0      | an object
            """)
    void wrongTypeIsNamedByPointerInJsonWords(String body, String pointer, String expected) {
        UnreadableBody answer = unreadable(body);

        assertThat(answer.code()).isEqualTo(CommonError.VALIDATION_FAILED);
        assertThat(answer.problems()).singleElement().extracting(Problem::pointer, Problem::expected)
                .containsExactly(pointer, expected);
        assertThat(answer.detail()).doesNotContain("dev.tideline", "java.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"on":tru}      | line 1, column
            {"on":true      | line 1, column
            ]               | line 1, column
            {"on":true,,}   | line 1, column
            """)
    void malformedJsonIsPlaced(String body, String place) {
        UnreadableBody answer = unreadable(body);

        assertThat(answer.code()).isEqualTo(CommonError.MALFORMED_JSON);
        assertThat(answer.detail()).contains(place).doesNotContain("\n");
    }

    @Test
    void bodyThatNobodyCouldReadIsMalformed() {
        var failure = new HttpMessageNotReadableException("x", new MockHttpInputMessage(new byte[0]));

        assertThat(UnreadableBody.of(failure).detail()).isEqualTo("body: empty or unreadable (expected: JSON)");
    }

    private static UnreadableBody unreadable(String body) {
        try {
            JsonMapper.builder().build().readValue(body, Body.class);
            throw new AssertionError("readable: " + body);
        } catch (JacksonException failure) {
            return UnreadableBody.of(
                    new HttpMessageNotReadableException("x", failure, new MockHttpInputMessage(new byte[0])));
        }
    }
}

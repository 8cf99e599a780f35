package dev.tideline.monitoring.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelTest {

    @Test
    void readsAnOutcome() {
        Label label = read("""
                {"predictionId":"r-0","label":1,"time":"2026-03-01T12:00:00Z"}""").label();
        assertThat(label.predictionId()).isEqualTo("r-0");
        assertThat(label.value().longValue()).isEqualTo(1);
        assertThat(label.time()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));
    }

    @Test
    void takesNumbersTextAndBooleans() {
        assertThat(List.of("1", "0.5", "\"UP\"", "true"))
                .allSatisfy(value -> assertThat(read("{\"predictionId\":\"r\",\"label\":" + value + "}").label()).isNotNull());
    }

    @Test
    void takesNothingElseAsLabel() {
        assertThat(List.of("null", "[]", "{}", "1e400", "-1e400"))
                .allSatisfy(value -> assertThat(pointers("{\"predictionId\":\"r\",\"label\":" + value + "}")).containsExactly("/label"));
    }

    @Test
    void takesAnArrayOfYesAndNo() {
        assertThat(read("{\"predictionId\":\"r\",\"label\":[1,0,1]}").label().outcome().label()).isEqualTo(List.of(1, 0, 1));
        assertThat(List.of("[]", "[1,2]", "[0.5]", "[\"a\"]", "[[1]]", "[true]"))
                .allSatisfy(value -> assertThat(pointers("{\"predictionId\":\"r\",\"label\":" + value + "}")).containsExactly("/label"));
    }

    @Test
    void takesTextThatIsALabelAndNoDocument() {
        assertThat(pointers("{\"predictionId\":\"r\",\"label\":\"" + "\\u0000".repeat(4_096) + "\"}")).isEmpty();
        assertThat(pointers("{\"predictionId\":\"r\",\"label\":\"" + "x".repeat(4_097) + "\"}")).containsExactly("/label");
    }

    @Test
    void namesAllThatIsWrong() {
        assertThat(pointers("{\"predictionId\":7,\"time\":\"noon\"}")).containsExactly("/predictionId", "/label", "/time");
    }

    @Test
    void namesWhatWasExpected() {
        assertThat(read("{\"label\":1}").problems()).extracting(Problem::toString)
                .containsExactly("/predictionId: absent (expected: text of 1 to 256 characters)");
    }

    @Test
    void refusesWhatIsNoJson() {
        assertThat(read("{oops").problems()).extracting(Problem::code).containsExactly("MALFORMED_JSON");
    }

    @Test
    void refusesAnEmptyMessage() {
        assertThat(Label.read(null).label()).isNull();
    }

    @Test
    void refusesJsonThatIsNoObject() {
        assertThat(read("[1]").problems()).extracting(Problem::code).containsExactly("WRONG_TYPE");
    }

    @Test
    void keepsTheLabelsTypeOnItsWay() {
        assertThat(read("{\"predictionId\":\"r\",\"label\":true}").label().outcome().label()).isEqualTo(true);
        assertThat(read("{\"predictionId\":\"r\",\"label\":\"UP\"}").label().outcome().label()).isEqualTo("UP");
        assertThat(read("{\"predictionId\":\"r\",\"label\":0.5}").label().outcome().label()).isEqualTo(0.5);
    }

    private static List<String> pointers(String json) {
        return read(json).problems().stream().map(Problem::pointer).toList();
    }

    private static Label.Read read(String json) {
        return Label.read(json.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.platform.demo.PredictionClient.Answer;
import dev.tideline.platform.support.StubServer;
import dev.tideline.platform.support.StubServer.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PredictionClientTest {

    private static final List<DemoRecord> ROWS = List.of(row("{\"x\":1}"), row("{\"x\":2}"));

    private StubServer server;
    private PredictionClient client;
    private Response response = Response.of(200, "{\"predictions\":[{\"label\":\"a\"},{\"label\":\"b\"}]}");

    @BeforeEach
    void serve() throws IOException {
        server = new StubServer(0, request -> response);
        client = new PredictionClient(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void sendsOnlyTheInputsAndGivesLabelsInTheOrderOfTheRows() throws InterruptedException {
        response = new Response(200, response.body(), "7");

        var answer = (Answer.Predicted) client.predict("/v1/models/m", "id-1", ROWS);

        assertThat(answer.version()).isEqualTo(7);
        assertThat(answer.labels()).extracting(JsonNode::stringValue).containsExactly("a", "b");
        assertThat(server.requests()).containsExactly(
                new StubServer.Request("POST", "/v1/models/m:predict", "id-1", "{\"instances\":[{\"x\":1},{\"x\":2}]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "503 | {\"error\":\"busy\"} | 503 {\"error\":\"busy\"}",
        "200 | {\"predictions\":[{\"label\":1}]} | predictions: 1 (expected: 2)",
        "200 | {} | predictions: 0 (expected: 2)",
        "200 | <html> | '<'",
    })
    void whateverElseComesBackIsAFailureWithItsReason(int status, String body, String why) throws InterruptedException {
        response = Response.of(status, body);

        assertThat(client.predict("/v1/models/m", "id", ROWS)).isInstanceOfSatisfying(Answer.Failed.class,
                failed -> assertThat(failed.why()).contains(why.strip().replace("'", "")));
    }

    @Test
    void aServiceThatIsAwayIsAFailure() throws InterruptedException {
        server.close();

        assertThat(client.predict("/v1/models/m", "id", ROWS)).isInstanceOf(Answer.Failed.class);
    }

    private static DemoRecord row(String inputs) {
        return new DemoRecord("key", Json.object("{\"x\":0,\"y\":\"a\"}"), Json.object(inputs), Json.MAPPER.valueToTree("a"));
    }
}

package dev.tideline.platform.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tideline.platform.support.StubServer;
import dev.tideline.platform.support.StubServer.Response;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpTest {

    private StubServer server;
    private Http http;
    private Response response = Response.of(200, "{\"a\":1}");

    @BeforeEach
    void serve() throws IOException {
        server = new StubServer(0, request -> response);
        http = new Http(server.url());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anEmptyAnswerIsAnEmptyObject() throws InterruptedException {
        response = Response.of(204, "");

        assertThat(http.put("/a", Json.object("{}")).isEmpty()).isTrue();
    }

    @Test
    void whatIsNotFoundIsNotThere() throws InterruptedException {
        assertThat(http.exists("/a")).isTrue();
        response = Response.of(404, "{}");

        assertThat(http.exists("/a")).isFalse();
    }

    @Test
    void aServiceThatFailsIsNotTakenForOneThatFindsNothing() {
        response = Response.of(500, "{}");

        assertThatExceptionOfType(DemoException.class).isThrownBy(() -> http.exists("/a")).withMessageContaining("GET").withMessageContaining("500");
    }

    @Test
    void aRefusalNamesTheRequestAndTheStartOfTheAnswer() {
        response = Response.of(400, "x".repeat(10_000));

        assertThatExceptionOfType(DemoException.class).isThrownBy(() -> http.post("/a", Json.object("{}")))
                .withMessageMatching("POST http://127.0.0.1:\\d+/a: 400 x{400}… \\(expected: success\\)");
    }

    @Test
    void anAnswerThatIsNoJsonIsNamed() {
        response = Response.of(200, "<html>");

        assertThatExceptionOfType(DemoException.class).isThrownBy(() -> http.get("/a")).withMessageEndingWith("<html> (expected: JSON)");
    }

    @Test
    void aServiceThatIsAwayIsNamed() {
        server.close();

        assertThatExceptionOfType(DemoException.class).isThrownBy(() -> http.get("/a")).withMessageContaining("GET http://127.0.0.1:")
                .withMessageEndingWith("(expected: an answer)");
    }
}

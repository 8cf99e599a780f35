package dev.tideline.platform.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.support.RecordingConsole;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobFollowerTest {

    private final RecordingConsole console = new RecordingConsole();
    private final List<String> shown = console.lines();
    private final List<String> asked = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private HttpServer server;
    private JobFollower follower;
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Last-Event-ID"));
            var bytes = answers.removeFirst().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        follower = new JobFollower(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), console);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aJobIsShownUntilItEnds() throws InterruptedException {
        answers.add(event(1, "QUEUED", 0, "null") + event(2, "TRAINING", 50, "null") + event(3, "PROMOTED", 100, "\"better\""));

        assertThat(follower.follow("j")).isTrue();

        assertThat(shown).containsExactly("trips queued",
            "training 0.5 step 50 of 100, loss 0.2500, epoch 1 of 2, 1,000 examples/s, 3 s left", "trips training", "trips promoted: better");
    }

    @Test
    void aBrokenStreamIsTakenUpWhereItBroke() throws InterruptedException {
        answers.add(event(7, "TRAINING", 10, "null"));
        answers.add(event(8, "FAILED", 10, "\"no data\""));

        assertThat(follower.follow("j")).isFalse();

        assertThat(asked).containsExactly("/v1/jobs/j/events null", "/v1/jobs/j/events 7");
    }

    @Test
    void aRefusalIsPassedOn() {
        status = 409;
        answers.add("{\"detail\":\"model trips: job 7 is not finished (expected: one job at a time)\"}");

        assertThatThrownBy(() -> follower.submit("trips", "{}")).isInstanceOf(LaunchException.class)
            .hasMessage("model trips: job 7 is not finished (expected: one job at a time)");
    }

    @ParameterizedTest
    @CsvSource({"my model, /v1/models/my%20model/jobs", "a/b?c#d, /v1/models/a%2Fb%3Fc%23d/jobs", "größe, /v1/models/gr%C3%B6%C3%9Fe/jobs"})
    void anyNameOfAModelIsOnePartOfThePath(String model, String path) throws InterruptedException {
        answers.add("{\"job\":\"7\"}");
        status = 202;

        assertThat(follower.submit(model, "{}")).isEqualTo("7");

        assertThat(asked).containsExactly(path + " null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>a proxy</html>", "", "{}", "[]"})
    void anAnswerThatIsNoJobIsSaidPlainly(String body) {
        answers.add(body);
        status = 202;

        assertThatThrownBy(() -> follower.submit("trips", "{}")).isInstanceOf(LaunchException.class)
            .hasMessageContaining("training-service").hasMessageContaining("expected: JSON with a job");
    }

    @Test
    void nobodyAtHomeIsSaidPlainly() {
        server.stop(0);

        assertThatThrownBy(() -> follower.follow("j")).isInstanceOf(LaunchException.class).hasMessageContaining("does not answer");
    }

    private static String event(int id, String state, int step, String message) {
        return "event:state\nid:" + id + "\ndata:{\"model\":\"trips\",\"state\":\"" + state + "\",\"message\":" + message + ",\"step\":" + step
            + ",\"totalSteps\":100,\"epoch\":1,\"epochs\":2,\"examplesPerSecond\":1000.0,\"etaSeconds\":3.0,\"metrics\":{\"loss\":0.25}}\n\n";
    }
}

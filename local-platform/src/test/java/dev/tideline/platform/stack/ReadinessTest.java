package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.platform.support.StubServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadinessTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private Process process;

    @AfterEach
    void end() {
        process.destroyForcibly();
    }

    @Test
    void asksUntilTheAnswerIsYes() throws Exception {
        process = run("sleep", "300");
        try (var server = server(3)) {
            assertThat(Readiness.await(server.url(), process, LONG)).isEqualTo(Readiness.Outcome.READY);

            assertThat(server.requests()).hasSize(4);
        }
    }

    @Test
    void aProcessThatEndsIsNotWaitedFor() throws Exception {
        process = run("true");

        assertThat(Readiness.await(URI.create("http://127.0.0.1:1/"), process, LONG)).isEqualTo(Readiness.Outcome.DIED);
    }

    @Test
    void aProcessThatNeverSaysYesIsGivenUp() throws Exception {
        process = run("sleep", "300");
        try (var server = server(Integer.MAX_VALUE)) {
            assertThat(Readiness.await(server.url(), process, Duration.ofMillis(300))).isEqualTo(Readiness.Outcome.TIMEOUT);
        }
        assertThat(process.isAlive()).isTrue();
    }

    /** Says no so many times. */
    private static StubServer server(int no) throws IOException {
        var left = new java.util.concurrent.atomic.AtomicInteger(no);
        return new StubServer(0, request -> StubServer.Response.of(left.getAndDecrement() > 0 ? 503 : 200, ""));
    }

    private static Process run(String... command) throws IOException {
        return new ProcessBuilder(command).start();
    }
}

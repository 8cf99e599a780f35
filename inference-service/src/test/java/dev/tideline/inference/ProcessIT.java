package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.testing.TestKafka;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, as the launcher starts it. */
class ProcessIT {

    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final int port = freePort();
    private final Caller caller = new Caller(port);
    private Process process;

    private static final class Caller extends Platform {
        Caller(int port) {
            super(port);
        }

        int statusOf(String path) {
            try {
                return get(path).statusCode();
            } catch (IllegalStateException e) {
                return -1;
            }
        }

        void awaitAvailable(String model, long version) {
            awaitVersion(model, version, "AVAILABLE");
        }

        Answer ask(String model) {
            return half(model, 4);
        }

        static void serve(String model) {
            writeModel(model, 1, 2);
            promote(model, 1, 1);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void start(String bootstrap) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), InferenceService.class.getName()))
                .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile());
        builder.environment().putAll(Map.of(
                "SERVER_PORT", Integer.toString(port), "SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrap,
                "TIDELINE_STORAGE_ROOT", Platform.ROOT.toString()));
        process = builder.start();
    }

    private int terminate() throws InterruptedException {
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private void awaitStatus(String path, int status) {
        await().atMost(START).untilAsserted(() -> assertThat(caller.statusOf(path)).isEqualTo(status));
    }

    @AfterEach
    void kill() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void provesServesAndStopsInOrder() throws Exception {
        start(TestKafka.shared().bootstrap());
        awaitStatus("/actuator/health/readiness", 200);
        Caller.serve("process");
        caller.awaitAvailable("process", 1);
        assertThat(caller.ask("process").status()).isEqualTo(200);

        assertThat(terminate()).isZero();
        assertThat(Files.readString(folder.resolve("out"))).contains("Version process/1: END").doesNotContain("Exception");
    }

    @Test
    void startsWithoutABroker() throws Exception {
        start("127.0.0.1:1");
        awaitStatus("/actuator/health/liveness", 200);

        assertThat(caller.statusOf("/actuator/health/readiness")).isEqualTo(503);
        assertThat(caller.statusOf("/v1/models/any")).isEqualTo(404);
        assertThat(terminate()).isZero();
    }
}

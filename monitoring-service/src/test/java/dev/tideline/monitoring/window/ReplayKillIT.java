package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.monitoring.signal.Signal;
import dev.tideline.testing.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that fills windows is killed, again and again, while predictions are replayed; its windows count each of them once. */
class ReplayKillIT {

    private static final int KILLS = 20;
    private static final int ROWS_PER_ROUND = 3_000;
    private static final String MODEL = "replay-kill";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Of its own: a whole monitoring-service at the shared one would learn this model and count its windows as well. */
    private static final TestKafka KAFKA = TestKafka.startNew();

    @TempDir
    private Path state;

    private final SplittableRandom random = new SplittableRandom(20);
    private Process process;

    @AfterAll
    static void stopBroker() {
        KAFKA.stop();
    }

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void windowsCountEveryPredictionOnceThroughTwentyKills() throws Exception {
        try (WindowTraffic traffic = new WindowTraffic(KAFKA, 3)) {
            int interrupted = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                process = KillableWindows.start(KAFKA, MODEL, state);
                traffic.send(ROWS_PER_ROUND, MODEL);
                letItRun(traffic, kill);
                assertThat(process.isAlive()).as("round %d, whose process said: %s", kill, said()).isTrue();
                process.destroyForcibly().waitFor();
                interrupted += traffic.rows(MODEL) < traffic.sent() ? 1 : 0;
            }
            process = KillableWindows.start(KAFKA, MODEL, state);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).untilAsserted(
                    () -> assertThat(traffic.rows(MODEL)).as("rows counted by a process that said: %s", said()).isEqualTo(traffic.sent()));
            assertThat(interrupted).as("kills with work under way").isGreaterThanOrEqualTo(KILLS / 2);
            assertThat(traffic.windows(MODEL)).extracting(Signal.WindowClosed::sequence)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, traffic.windows(MODEL).size()).mapToObj(Long::valueOf).toList());
        }
    }

    /**
     * To somewhere in start, restore, processing or commit. Every fourth one gets as far as a commit of its own, on however slow a machine;
     * the others are killed at a time that was drawn.
     */
    private void letItRun(WindowTraffic traffic, int round) throws InterruptedException {
        if (round % 4 == 0) {
            long before = traffic.rows(MODEL);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> !process.isAlive() || traffic.rows(MODEL) > before);
        } else {
            process.waitFor(300 + random.nextInt(1_700), TimeUnit.MILLISECONDS);
        }
    }

    private String said() throws IOException {
        return Files.readString(state.resolve("output.log"));
    }
}

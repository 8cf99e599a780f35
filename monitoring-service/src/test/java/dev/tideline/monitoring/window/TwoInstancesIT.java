package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.monitoring.signal.Signal;
import dev.tideline.testing.TestKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances fill windows of the same models at once; one comes and the other goes while predictions flow. */
class TwoInstancesIT {

    private static final List<String> MODELS = IntStream.range(0, 6).mapToObj(i -> "shared-" + i).toList();
    private static final int ROWS = 800;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final TestKafka KAFKA = TestKafka.startNew();

    @TempDir
    private Path state;

    @AfterAll
    static void stopBroker() {
        KAFKA.stop();
    }

    @Test
    void noWindowIsLostOrDoubledWhenWorkMovesBetweenInstances() {
        KafkaStreams first = WindowsAlone.of(KAFKA.bootstrap(), "shared-windows", state.resolve("first"), null);
        KafkaStreams second = WindowsAlone.of(KAFKA.bootstrap(), "shared-windows", state.resolve("second"), null);
        try (WindowTraffic traffic = new WindowTraffic(KAFKA, 4)) {
            first.start();
            send(traffic);
            await().atMost(PATIENCE).until(() -> MODELS.stream().anyMatch(model -> traffic.rows(model) > 0));
            // The open windows of half of the models move while rows come.
            second.start();
            send(traffic);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> works(first) && works(second));
            send(traffic);
            first.close(CloseOptions.timeout(Duration.ofSeconds(30)).withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            send(traffic);

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(MODELS).allSatisfy(model -> assertThat(traffic.rows(model)).isEqualTo(traffic.sent())));
            assertThat(MODELS).allSatisfy(model -> assertThat(traffic.windows(model)).extracting(Signal.WindowClosed::sequence)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, traffic.windows(model).size()).mapToObj(Long::valueOf).toList()));
        } finally {
            first.close(Duration.ofSeconds(10));
            second.close(Duration.ofSeconds(10));
        }
    }

    private static void send(WindowTraffic traffic) {
        traffic.send(ROWS, MODELS.toArray(String[]::new));
    }

    /** Whether it has windows to fill. */
    private static boolean works(KafkaStreams streams) {
        return streams.state() == KafkaStreams.State.RUNNING
                && streams.metadataForLocalThreads().stream().flatMap(thread -> thread.activeTasks().stream())
                        .anyMatch(task -> task.topicPartitions().stream().anyMatch(partition -> partition.topic().contains("prediction-chunks")));
    }
}

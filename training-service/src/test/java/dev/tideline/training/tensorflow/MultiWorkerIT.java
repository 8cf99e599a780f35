package dev.tideline.training.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tideline.local.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes over TensorFlow's own runtime, against one process with as many replicas and the same global batches. */
class MultiWorkerIT {

    @TempDir
    Path folder;

    private final List<Process> workers = new ArrayList<>();

    @BeforeEach
    void writeRecords() {
        Sample.write(folder, 1_001, 2);
    }

    @AfterEach
    void stop() {
        workers.forEach(Process::destroyForcibly);
    }

    @Test
    void twoWorkersGiveTheWeightsAndBatchStatisticsOfOneWithTwoReplicas() throws Exception {
        start("normalised", 2, 1, addresses(2));

        var expected = WorkerMain.train("normalised", folder, 2, 2, null);

        assertClose(weights(0), expected);
        assertThat(weights(1)).isEqualTo(weights(0));
    }

    @Test
    void fewerWorkersThanLanesGiveTheSameWeights() throws Exception {
        start("plain", 3, 1, addresses(2));

        var expected = WorkerMain.train("plain", folder, 3, 1, null);

        assertClose(weights(0), expected);
        assertThat(weights(1)).isEqualTo(weights(0));
    }

    @Test
    void workersMayHaveSeveralReplicas() throws Exception {
        start("plain", 2, 2, addresses(2));

        var expected = WorkerMain.train("plain", folder, 2, 4, null);

        assertClose(weights(0), expected);
    }

    /** Nothing is shared but the records: each worker has a network of its own, with a cable between them. */
    @Test
    void workersOnDifferentHostsGiveTheSameWeights() throws Exception {
        assumeTrue(TwoHosts.permitted(), "network namespaces need root and iproute2");
        try (var hosts = TwoHosts.connect()) {
            start("plain", 2, 1, hosts.addresses(), hosts::on);

            var expected = WorkerMain.train("plain", folder, 2, 2, null);

            assertClose(weights(0), expected);
            assertThat(weights(1)).isEqualTo(weights(0));
            stop();
        }
    }

    private void start(String network, int lanes, int replicas, List<String> addresses) throws IOException {
        start(network, lanes, replicas, addresses, rank -> List.of());
    }

    /** @param host what makes a command run where a worker of that rank is to run */
    private void start(String network, int lanes, int replicas, List<String> addresses, IntFunction<List<String>> host) throws IOException {
        for (int rank = 0; rank < addresses.size(); rank++) {
            var command = new ArrayList<>(host.apply(rank));
            command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName(), network, folder.toString(),
                Integer.toString(lanes), Integer.toString(replicas), Integer.toString(rank)));
            command.addAll(addresses);
            workers.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve("worker-" + rank + ".log").toFile()).start());
        }
    }

    private static List<String> addresses(int count) {
        return FreePorts.find(count).stream().map(port -> "127.0.0.1:" + port).toList();
    }

    private List<String> weights(int rank) throws IOException {
        var file = folder.resolve("weights-" + rank);
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (!workers.get(rank).isAlive()) {
                throw new AssertionError("worker " + rank + " ended:\n" + Files.readString(folder.resolve("worker-" + rank + ".log")));
            }
            return Files.exists(file);
        });
        return Files.readAllLines(file);
    }

    private static void assertClose(List<String> actual, List<String> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            var one = actual.get(i).split(" ");
            var other = expected.get(i).split(" ");
            assertThat(one[0]).isEqualTo(other[0]);
            for (int k = 1; k < other.length; k++) {
                assertThat(Float.parseFloat(one[k])).as(one[0]).isCloseTo(Float.parseFloat(other[k]), within(2e-4f));
            }
        }
    }
}

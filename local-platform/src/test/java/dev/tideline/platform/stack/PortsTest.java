package dev.tideline.platform.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @Test
    void areWhereTheDocumentationSays() {
        assertThat(new Ports(8500).purposes()).containsOnlyKeys(8500, 8501, 8510, 8520, 8530, 8554, 8592, 8593);
    }

    @Test
    void nameEveryTakenOneAndWhatItIsFor() throws IOException {
        var ports = new Ports(23_400);
        try (var ingest = listen(23_410); var kafka = listen(23_492)) {
            assertThat(ingest.isBound() && kafka.isBound()).isTrue();
            assertThatThrownBy(ports::requireFree).isInstanceOf(LaunchException.class)
                    .hasMessage("ports taken: 23410 for ingest-service, 23492 for Kafka"
                            + " (expected: free; move all of them with --port-base, now 23400)");
        }
        ports.requireFree();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1023, 65_443, 65_535, Integer.MAX_VALUE - 92, Integer.MAX_VALUE})
    void allLieWherePortsCanLie(int base) {
        assertThatThrownBy(() -> new Ports(base)).isInstanceOf(LaunchException.class)
                .hasMessage("--port-base: " + base + " (expected: 1024 to 65442)");
    }

    private static ServerSocket listen(int port) throws IOException {
        var socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return socket;
    }
}

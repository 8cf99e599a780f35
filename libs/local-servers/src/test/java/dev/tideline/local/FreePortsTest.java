package dev.tideline.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreePortsTest {

    /** Where Linux (from 32768) and IANA (from 49152) begin with the ports of outgoing connections. */
    private static final int OUTGOING = 32_768;

    @Test
    void findsDifferentPortsThatNoOutgoingConnectionTakes() {
        List<Integer> ports = FreePorts.find(20);

        assertThat(ports).hasSize(20).allMatch(port -> port >= 1_024 && port < OUTGOING).allMatch(FreePorts::isFree);
        assertThat(new HashSet<>(ports)).hasSameSizeAs(ports);
    }

    @Test
    void givesNoPortTwice() {
        assertThat(FreePorts.find(5)).doesNotContainAnyElementsOf(FreePorts.find(5));
    }

    @Test
    void seesThatSomebodyListens() throws IOException {
        int port = FreePorts.find(1).getFirst();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePorts.isFree(taken.getLocalPort())).isFalse();
        }
        assertThat(FreePorts.isFree(port)).isTrue();
    }
}

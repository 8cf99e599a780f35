package dev.tideline.training.tensorflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Two network namespaces of Linux with a cable between them: hosts that reach each other by their addresses and by nothing else. */
final class TwoHosts implements AutoCloseable {

    private static final String PREFIX = "tideline-" + ProcessHandle.current().pid() + "-";
    private static final String SUBNET = "10.213.77.";
    private static final int PORT = 2222;

    private TwoHosts() {}

    /** Whether this process may make namespaces: it needs the rights and iproute2. */
    static boolean permitted() {
        try {
            boolean made = run("ip", "netns", "add", PREFIX + "try") == 0;
            return made && run("ip", "netns", "del", PREFIX + "try") == 0;
        } catch (UncheckedIOException none) {
            return false;
        }
    }

    static TwoHosts connect() {
        var hosts = new TwoHosts();
        for (int host = 0; host < 2; host++) {
            must("ip", "netns", "add", name(host));
        }
        must("ip", "link", "add", "eth0", "netns", name(0), "type", "veth", "peer", "name", "eth0", "netns", name(1));
        for (int host = 0; host < 2; host++) {
            must("ip", "-n", name(host), "addr", "add", address(host) + "/24", "dev", "eth0");
            must("ip", "-n", name(host), "link", "set", "eth0", "up");
            must("ip", "-n", name(host), "link", "set", "lo", "up");
        }
        return hosts;
    }

    /** Where a worker on each host listens. */
    List<String> addresses() {
        return List.of(address(0) + ":" + PORT, address(1) + ":" + PORT);
    }

    /** What makes a command run on a host. */
    List<String> on(int host) {
        return List.of("ip", "netns", "exec", name(host));
    }

    /** The hosts vanish with the cable once their processes have ended. */
    @Override
    public void close() {
        for (int host = 0; host < 2; host++) {
            must("ip", "netns", "del", name(host));
        }
    }

    private static String name(int host) {
        return PREFIX + host;
    }

    private static String address(int host) {
        return SUBNET + (host + 1);
    }

    private static void must(String... command) {
        if (run(command) != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed (expected: exit code 0)");
        }
    }

    private static int run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Stream.of(said).filter(text -> !text.isBlank()).forEach(System.err::print);
            return process.exitValue();
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
